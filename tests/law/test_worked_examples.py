"""算例 · The worked examples: cases that a lawyer can write, each a test; every number from 1 to 61 stands in one of the files."""

from __future__ import annotations

import re
import types
from collections.abc import Callable, Sequence
from dataclasses import is_dataclass
from datetime import date, datetime
from decimal import Decimal
from enum import Enum
from importlib import import_module
from pathlib import Path
from typing import Any, Final, Literal, Union, get_args, get_origin, get_type_hints

import pytest
import yaml

from tianping.law.calendar import Calendar, calendar
from tianping.law.citations import Citation
from tianping.law.periods import COUNTINGS, Counting
from tianping.law.statutes import parse_citation

FOLDER: Final = Path(__file__).with_name("examples")
NUMBERS: Final = set(range(1, 62))


def rows_of(path: Path) -> list[dict[str, Any]]:
    rows = yaml.safe_load(path.read_text(encoding="utf-8"))
    assert isinstance(rows, list), path.name
    return rows


def number_of(row: dict[str, Any]) -> int:
    found = re.match(r"\d+", str(row["id"]))
    assert found, row["id"]
    return int(found[0])


def resolve(name: str) -> Callable[..., Any]:
    """The function of a dotted name."""
    module, _, function = name.rpartition(".")
    found: Callable[..., Any] = getattr(import_module(module), function)
    return found


def answer(row: dict[str, Any]) -> Any:
    """Call the rule with what is given, each argument built as its annotation says."""
    function = resolve(row["rule"])
    kinds = get_type_hints(function)
    return function(**{k: build(kinds[k], v) for k, v in row.get("given", {}).items()})


SIMPLE: Final[dict[Any, Callable[[Any], Any]]] = {
    Decimal: lambda v: Decimal(str(v)),
    datetime: datetime.fromisoformat,
    Citation: parse_citation,
    Counting: lambda v: COUNTINGS[v],
    Calendar: lambda v: calendar(**v),
}


def build(kind: Any, value: Any) -> Any:
    """A value of the kind from what YAML holds: enumerations by name, records from mappings, answers of other rules from ``{rule, given}``."""
    if isinstance(value, dict) and "rule" in value:
        return answer(value)
    origin = get_origin(kind)
    if origin in {Union, types.UnionType}:
        kinds = [k for k in get_args(kind) if k is not type(None)]
        return None if value is None else build(kinds[0], value)
    if origin is Literal:
        assert value in get_args(kind), value
        return value
    if origin is tuple and get_args(kind)[-1] is not Ellipsis:
        return tuple(build(k, v) for k, v in zip(get_args(kind), value, strict=True))
    if origin in {tuple, list, Sequence}:
        return tuple(build(get_args(kind)[0], v) for v in value)
    if kind in SIMPLE:
        return SIMPLE[kind](value)
    if isinstance(kind, type) and issubclass(kind, Enum):
        return kind(value)
    if isinstance(kind, type) and is_dataclass(kind):
        kinds_of = get_type_hints(kind)
        return kind(**{k: build(kinds_of[k], v) for k, v in value.items()})
    assert isinstance(value, kind), f"{value!r} is not a {kind}"
    return value


def look(found: Any, path: str) -> Any:
    """What the answer holds at a path: attributes by dots, ``method(key=value, …)``, or the answer itself for an empty path."""
    for step in filter(None, path.split(".")):
        call = re.fullmatch(r"(\w+)\((.*)\)", step)
        if call is None:
            found = getattr(found, step)
            continue
        named = dict(pair.split("=") for pair in call[2].replace(" ", "").split(",") if pair)
        found = getattr(found, call[1])(**named)
    return found


def same(found: Any, expected: Any) -> bool:
    """Days as days, instants and amounts as they are written."""
    if isinstance(found, datetime):
        return found == datetime.fromisoformat(expected)
    if isinstance(found, Decimal):
        return found == Decimal(str(expected))
    if isinstance(found, dict):
        return found.keys() == expected.keys() and all(same(found[k], expected[k]) for k in found)
    return type(found) is type(expected) and bool(found == expected)


@pytest.mark.parametrize("row", [pytest.param(r, id=str(r["id"])) for path in sorted(FOLDER.glob("*.yaml")) for r in rows_of(path)])
def test_worked_example(row: dict[str, Any]) -> None:
    assert row["title"]["zh"] and row["title"]["en"]
    assert row["expect"]
    found = answer(row)
    for path, expected in row["expect"].items():
        assert same(look(found, path), expected), f"{path}: {look(found, path)} instead of {expected}"
    derivation = getattr(found, "derivation", None)
    assert derivation is None or (derivation.text("zh") and derivation.text("en"))


def test_a_wrong_figure_would_be_noticed() -> None:
    """The runner itself: a day, an amount and a truth that are off by one are not the same."""
    assert not same(date(2022, 10, 8), date(2022, 10, 9))
    assert not same(Decimal("1.00"), "1.01")
    assert not same(True, False) and not same(True, 1)
    with pytest.raises(AssertionError):
        build(int, "3")


def test_every_number_stands_in_one_of_the_files() -> None:
    present = {number_of(row) for path in FOLDER.glob("*.yaml") for row in rows_of(path)}
    assert present == NUMBERS, f"missing: {sorted(NUMBERS - present)}"


def test_no_two_examples_share_a_name() -> None:
    names = [str(row["id"]) for path in FOLDER.glob("*.yaml") for row in rows_of(path)]
    assert len(names) == len(set(names))
