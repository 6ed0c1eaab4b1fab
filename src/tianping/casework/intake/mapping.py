"""导入对照 · Which column is what: a TOML file of an import, checked against the procedure before a row is read.

``[columns]`` names the columns of ``case``, ``step``, ``happened``, ``entity``, ``actor``, ``role``, ``organisation``, ``title``, ``source``,
``number``;
``[steps]``, ``[roles]``, ``[organisations]`` and ``[values.FACT]`` give the file's words their codes; ``[facts]`` gives facts their columns;
``[[case_steps]]`` makes a step of a date that stands beside the case; ``[[parties]]`` makes a party of columns; ``[defaults]`` holds for all rows.
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final

from tianping.casework.intake.errors import BadImportMapping
from tianping.engines.events.mapping import fact_names, step_names
from tianping.law.text import T
from tianping.procedure.contracts.roles import Roles
from tianping.procedure.registry import Folder
from tianping.procedure.roles import Role

COLUMNS: Final = ("case", "step", "happened", "entity", "actor", "role", "organisation", "title", "source", "number")
DEFAULTS: Final = ("actor", "role", "organisation", "title", "source")
PARTY: Final = ("capacity", "name", "kind", "identity", "phone")
KEYS: Final = {
    "columns", "steps", "roles", "organisations", "values", "facts", "case_steps", "parties", "defaults", "encoding", "sheet", "time_format"
}  # fmt: skip
ROLES: Final = {
    word: role.code for role in vars(Roles).values() if isinstance(role, Role) for word in (role.code, role.name, role.title.zh, role.title.en)
}
"""Every word for a role → its code."""
STRANGE: Final = T("不认识 {keys}", "unknown: {keys}")
NEEDS: Final = T("[[{table}]] 须写 {keys}", "[[{table}]] needs {keys}")
KIND: Final = T("{key} 的写法不对", "{key} is not written as it should be")


@dataclass(frozen=True, slots=True)
class CaseStep:
    """由日期得出的环节 · A step made of a date beside the case; with its own facts and, if given, its own role and actor columns."""

    step: str
    happened: str
    role: str = ""
    actor: str = ""
    facts: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class PartyColumns:
    """当事人的列 · In which columns a party of each case stands. ``kind``: person or body."""

    capacity: str
    name: str
    kind: str = "person"
    identity: str = ""
    phone: str = ""


@dataclass(frozen=True, slots=True)
class ImportMapping:
    """导入对照 · A mapping file as read. ``steps`` holds every word for a step, those of the procedure itself too."""

    columns: Mapping[str, str]
    steps: Mapping[str, str]
    roles: Mapping[str, str] = field(default_factory=lambda: ROLES)
    organisations: Mapping[str, str] = field(default_factory=dict)
    values: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    facts: Mapping[str, str] = field(default_factory=dict)
    case_steps: tuple[CaseStep, ...] = ()
    parties: tuple[PartyColumns, ...] = ()
    defaults: Mapping[str, str] = field(default_factory=dict)
    encoding: str = ""
    sheet: str = ""
    time_format: str = ""

    def named(self) -> Iterator[str]:
        """Every column that the mapping names."""
        yield from self.columns.values()
        yield from self.facts.values()
        for made in self.case_steps:
            yield from (c for c in (made.happened, made.actor, *made.facts.values()) if c)
        for party in self.parties:
            yield from (c for c in (party.name, party.identity, party.phone) if c)


def read_import_mapping(path: Path, folder: Folder) -> ImportMapping:
    """A mapping file, checked against the procedure. Raises BadImportMapping."""
    try:
        data: dict[str, Any] = tomllib.loads(path.read_text(encoding="utf-8"))
    except (OSError, tomllib.TOMLDecodeError, UnicodeDecodeError, RecursionError) as error:
        raise BadImportMapping(where=path.name, reason=error) from None
    return _Checked(path.name, data, folder).mapping()


def own_names(folder: Folder) -> ImportMapping:
    """Without a file: columns named as what they are, and facts by their names."""
    return ImportMapping({name: name for name in COLUMNS}, step_names(folder), facts={name: name for name in fact_names(folder)})


class _Checked:
    def __init__(self, where: str, data: dict[str, Any], folder: Folder) -> None:
        self.where, self.data, self.steps, self.facts = where, data, step_names(folder), set(fact_names(folder))

    def wrong(self, reason: T) -> BadImportMapping:
        return BadImportMapping(where=self.where, reason=reason)

    def mapping(self) -> ImportMapping:
        self._known("", self.data, KEYS)
        texts = {name: self._texts(name, self.data.get(name, {})) for name in ("columns", "steps", "roles", "organisations", "facts", "defaults")}
        self._known("columns", texts["columns"], set(COLUMNS))
        self._known("defaults", texts["defaults"], set(DEFAULTS))
        self._known("facts", texts["facts"], self.facts)
        values = self.data.get("values", {})
        self._known("values", values, self.facts)
        self._known("steps", dict.fromkeys(texts["steps"].values()), set(self.steps))
        self._known("roles", dict.fromkeys([*texts["roles"].values(), *filter(None, [texts["defaults"].get("role")])]), set(ROLES))
        case_steps = tuple(self._case_step(e) for e in self._tables("case_steps"))
        if "case" not in texts["columns"] or not (case_steps or {"step", "happened"} <= set(texts["columns"])):
            raise self.wrong(NEEDS.fill(table="columns", keys="case, step, happened"))
        return ImportMapping(
            columns=texts["columns"],
            steps=self.steps | {word: self.steps[code] for word, code in texts["steps"].items()},
            roles=ROLES | {word: ROLES[code] for word, code in texts["roles"].items()},
            organisations=texts["organisations"],
            values={name: self._texts(f"values.{name}", given) for name, given in values.items()},
            facts=texts["facts"],
            case_steps=case_steps,
            parties=tuple(self._party(e) for e in self._tables("parties")),
            defaults=texts["defaults"],
            **{name: self._text(name) for name in ("encoding", "sheet", "time_format")},
        )

    def _known(self, where: str, given: object, known: set[str]) -> None:
        if not isinstance(given, Mapping):
            raise self.wrong(KIND.fill(key=where))
        strange = sorted(set(given) - known)
        if strange:
            raise self.wrong(STRANGE.fill(keys=", ".join(f"{where}.{s}".lstrip(".") for s in strange)))

    def _texts(self, key: str, given: object) -> dict[str, str]:
        if not isinstance(given, Mapping) or not all(isinstance(v, str) for v in given.values()):
            raise self.wrong(KIND.fill(key=key))
        return {str(k): str(v) for k, v in given.items()}

    def _text(self, key: str) -> str:
        value = self.data.get(key, "")
        if not isinstance(value, str):
            raise self.wrong(KIND.fill(key=key))
        return value

    def _tables(self, key: str) -> list[Mapping[str, Any]]:
        given = self.data.get(key, [])
        if not isinstance(given, list) or not all(isinstance(e, Mapping) for e in given):
            raise self.wrong(KIND.fill(key=key))
        return given

    def _case_step(self, entry: Mapping[str, Any]) -> CaseStep:
        self._known("case_steps", entry, {"step", "happened", "role", "actor", "facts"})
        facts = self._texts("case_steps.facts", entry.get("facts", {}))
        self._known("case_steps.facts", facts, self.facts)
        given = self._texts("case_steps", {k: v for k, v in entry.items() if k != "facts"})
        if not given.get("step") or not given.get("happened"):
            raise self.wrong(NEEDS.fill(table="case_steps", keys="step, happened"))
        self._known("case_steps.step", {given["step"]: ""}, set(self.steps))
        if given.get("role"):
            self._known("case_steps.role", {given["role"]: ""}, set(ROLES))
        return CaseStep(self.steps[given["step"]], given["happened"], ROLES.get(given.get("role", ""), ""), given.get("actor", ""), facts)

    def _party(self, entry: Mapping[str, Any]) -> PartyColumns:
        self._known("parties", entry, set(PARTY))
        given = self._texts("parties", entry)
        if not given.get("capacity") or not given.get("name") or given.get("kind", "person") not in ("person", "body"):
            raise self.wrong(NEEDS.fill(table="parties", keys="capacity, name, kind = person | body"))
        self._known("parties.capacity", {given["capacity"]: ""}, set(ROLES))
        capacity = ROLES[given["capacity"]].removeprefix("Roles.")
        return PartyColumns(capacity, given["name"], given.get("kind", "person"), given.get("identity", ""), given.get("phone", ""))
