"""写法核对 · Whether the parts of a definition are of the types that the language declares: for authors who do not run a type checker."""

from __future__ import annotations

from collections.abc import Iterator
from types import NoneType
from typing import Any, Final

from tianping.law.periods import Counting, Period
from tianping.procedure.check import refusals as no
from tianping.procedure.check.refusals import Refusal
from tianping.procedure.check.words import tracks
from tianping.procedure.events import COLUMNS
from tianping.procedure.expressions import Bool
from tianping.procedure.grammar import Condition, Fact, Ground, Move, Procedure, Stages, Step, Steps
from tianping.procedure.lengths import Count, Length
from tianping.procedure.names import Named
from tianping.procedure.referral import Heard, Referral
from tianping.procedure.time import Extension, Limit, Pause

Types = tuple[type[Any], ...]
ANCHOR: Final[Types] = (Steps, Stages)
SINGLE: Final[dict[type[Named], dict[str, Types]]] = {
    Step: {
        "where": (Move, Stages),
        "at_most": (Count,),
        "not_by": (Step, NoneType),
        "on": (Limit, Heard, NoneType),
        "record_within": (Period, NoneType),
    },
    Fact: {"kind": (type,)},
    Ground: {"rule": (Bool,)},
    Pause: {"since": ANCHOR, "until": ANCHOR, "at_most": (Period, NoneType), "beyond": (Period, Length, NoneType)},
    Limit: {
        "since": (*ANCHOR, Limit, Fact),
        "until": (*ANCHOR, NoneType),
        "within": (Period, Length),
        "waived": (*ANCHOR, NoneType),
        "counting": (Counting, NoneType),
        "rolls": (Bool, NoneType),
        "law_at": (Steps, NoneType),
    },
    Extension: {
        "more": (Period,),
        "ask": (Step, NoneType),
        "ask_before": (Period, NoneType),
        "decide_before": (Period, NoneType),
        "when": (Bool, NoneType),
    },
}
"""Kind of part → attribute → the types that it may have."""
LISTS: Final[dict[type[Named], dict[str, type[Any]]]] = {
    Step: {"when": Ground, "unless": Ground, "asks": Fact, "opens": Referral},
    Condition: {"when": Ground, "unless": Ground, "steps": Step},
    Limit: {"excluding": Pause, "extend": Extension},
}
"""Kind of part → attribute → the type of each member of the tuple."""


def shapes(procedure: type[Procedure]) -> Iterator[Refusal]:
    """Attributes of another type than declared, facts that a log cannot hold; where there are any, nothing else can be looked at."""
    for track in tracks(procedure):
        for part in track.members.values():
            if isinstance(part, Fact) and part.name in COLUMNS:
                yield no.NamedAsColumn(where=part.code, taken=", ".join(COLUMNS))
            yield from _part(part, part.code)
            if isinstance(part, Limit) and isinstance(part.extend, tuple):
                for i, extension in enumerate(part.extend, 1):
                    yield from _part(extension, f"{part.code}.extend{i}") if isinstance(extension, Extension) and not extension.name else ()


def _part(part: Named, code: str) -> Iterator[Refusal]:
    for kind, attributes in SINGLE.items():
        if isinstance(part, kind):
            for name, types in attributes.items():
                given = getattr(part, name)
                if not isinstance(given, types):
                    yield _wrong(code, name, types, given)
    for kind, members in LISTS.items():
        if isinstance(part, kind):
            for name, one in members.items():
                given = getattr(part, name)
                if not isinstance(given, tuple) or not all(isinstance(x, one) for x in given):
                    yield _wrong(code, name, (one,), given)


def _wrong(where: str, attribute: str, types: Types, given: object) -> Refusal:
    wanted = " | ".join("None" if t is NoneType else t.__name__ for t in types)
    return no.WrongType(where=where, attribute=attribute, wanted=wanted, given=repr(given))
