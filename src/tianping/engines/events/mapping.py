"""字段对照 · How the columns and activities of a log become events of a procedure: a TOML file, or a guess from well-known names.

``[columns]`` (case_id, step, happened, recorded, entity, actor, role, organisation, voids, into) names the log's columns; ``[steps]`` gives
each activity its step; ``ignore`` lists activities to leave out; ``[facts]`` gives facts their columns; ``[[case_events]]`` makes an event of
a step from a date beside the case, with ``facts`` and ``whole_days``; ``lifecycle`` keeps only some
transitions; ``time_format`` and ``zone`` say how times are written, ``encoding`` how the characters of a CSV file are (gb18030, say).
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final

from tianping.engines.events.errors import BadMapping, NoSuchColumn, NoSuchLog
from tianping.law.text import T
from tianping.procedure.registry import Folder
from tianping.procedure.tables import compiled

MEANINGS: Final[dict[str, T]] = {
    "case_id": T("案号", "the case"),
    "step": T("环节", "the step"),
    "happened": T("发生时间", "when it happened"),
    "recorded": T("录入时间", "when it was recorded"),
    "entity": T("线上的对象", "the run within the case"),
    "actor": T("办理人", "who acted"),
    "role": T("办理人身份", "in which role"),
    "organisation": T("单位", "the organisation"),
    "voids": T("作废的序号", "the seq that is voided"),
    "into": T("并入的案件", "the case it is merged into"),
}
NEEDED: Final = ("case_id", "step", "happened")
SEQ: Final = "tianping:seq"
"""The column of the numbers that a ledger gave its events; they are kept, because corrections name them."""
KNOWN: Final[dict[str, tuple[str, ...]]] = {
    "case_id": ("case_id", "case:concept:name", "case", "case id", "caseid", "case number", "案号"),
    "step": ("step", "concept:name", "activity", "event", "activity name", "环节"),
    "happened": ("happened", "time:timestamp", "timestamp", "date", "time", "complete timestamp", "end timestamp", "发生时间"),
    "recorded": ("recorded", "tianping:recorded"),
    "entity": ("entity", "tianping:entity"),
    "actor": ("actor", "org:resource", "resource"),
    "role": ("role", "org:role"),
    "organisation": ("organisation", "org:group"),
    "voids": ("voids", "tianping:voids"),
    "into": ("into", "tianping:into"),
    "seq": (SEQ,),
}
"""Names (in any case of letters) under which a column is found without a mapping: ours, those of XES, and those that mining tools export."""
KEYS: Final = {"columns", "steps", "ignore", "facts", "case_events", "lifecycle", "time_format", "zone", "encoding"}


@dataclass(frozen=True, slots=True)
class CaseEvent:
    """An event made from a date that stands beside the case; ``whole_days``: only its day was kept, whatever hour is written."""

    step: str
    column: str
    facts: dict[str, str] = field(default_factory=dict)
    whole_days: bool = False


@dataclass(frozen=True, slots=True)
class Mapping:
    """字段对照 · A mapping file as read."""

    columns: dict[str, str] = field(default_factory=dict)
    steps: dict[str, str] = field(default_factory=dict)
    ignore: tuple[str, ...] = ()
    facts: dict[str, str] = field(default_factory=dict)
    case_events: tuple[CaseEvent, ...] = ()
    lifecycle: tuple[str, ...] = ()
    time_format: str = ""
    zone: str = ""
    encoding: str = "utf-8"

    def found(self, present: Iterable[str]) -> dict[str, str]:
        """Canonical name → the log's column; a column that the mapping names and the log lacks gives way to a well-known one (the same log as XES,
        say). Raises NoSuchColumn.
        """
        names = list(present)
        out = dict(self.columns)
        lower = {name.lower(): name for name in reversed(names)}
        for name, usual in KNOWN.items():
            there = [lower[column] for column in usual if column in lower and lower[column] not in out.values()]
            if out.get(name) not in names and there:
                out[name] = there[0]
        for name in (*NEEDED, *out):
            if out.get(name) not in names:
                raise NoSuchColumn(column=out.get(name, name), present=", ".join(names) or "—", meaning=MEANINGS[name])
        return out

    def needed(self, present: Iterable[str], facts: Iterable[str] = ()) -> list[str]:
        """Every column of the log that is read; without ``[steps]`` the log is taken to be ours, and columns named as facts are facts."""
        names = list(present)
        own = [] if self.steps else [f for f in facts if f in names]
        beside = [c for c in (*self.facts.values(), *(c for e in self.case_events for c in (e.column, *e.facts.values()))) if c]
        strange = [c for c in beside if c not in names]
        if strange:
            raise NoSuchColumn(column=strange[0], present=", ".join(names) or "—", meaning=T("要素或案件日期", "a fact or a date of the case"))
        life = ["lifecycle:transition"] if self.lifecycle and "lifecycle:transition" in names else []
        return list(dict.fromkeys([*self.found(names).values(), *beside, *own, *life]))


def read_mapping(path: Path, folder: Folder) -> Mapping:
    """A mapping file, checked against the procedure. Raises NoSuchLog, BadMapping."""
    try:
        data = tomllib.loads(path.read_text(encoding="utf-8"))
    except FileNotFoundError:
        raise NoSuchLog(path=path) from None
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise BadMapping(path=path, reason=error) from None
    strange = set(data) - KEYS | set(data.get("columns", {})) - set(MEANINGS)
    if strange:
        raise BadMapping(path=path, reason=T("不认识 {keys}", "unknown {keys}").fill(keys=", ".join(sorted(strange))))
    steps = step_names(folder)
    wanted = [*data.get("steps", {}).values(), *(e.get("step", "") for e in data.get("case_events", ()))]
    unknown = [s for s in wanted if s not in steps]
    facts = fact_names(folder)
    unknown += [f for part in (data, *data.get("case_events", ())) for f in part.get("facts", {}) if f not in facts]
    if unknown:
        raise BadMapping(path=path, reason=T("程序没有 {names}", "the procedure has no {names}").fill(names=", ".join(unknown)))
    return _mapping(data, path)


def _mapping(data: dict[str, Any], path: Path) -> Mapping:
    try:
        events = tuple(CaseEvent(e["step"], e["column"], e.get("facts", {}), e.get("whole_days") is True) for e in data.get("case_events", ()))
    except (KeyError, TypeError):
        raise BadMapping(path=path, reason=T("[[case_events]] 须写 step 和 column", "[[case_events]] needs step and column")) from None
    return Mapping(
        columns=data.get("columns", {}),
        steps=data.get("steps", {}),
        ignore=tuple(data.get("ignore", ())),
        facts=data.get("facts", {}),
        case_events=events,
        lifecycle=tuple(data.get("lifecycle", ())),
        time_format=str(data.get("time_format", "")),
        zone=str(data.get("zone", "")),
        encoding=str(data.get("encoding", "utf-8")),
    )


def fact_names(folder: Folder) -> list[str]:
    """Every fact of every version."""
    return list(dict.fromkeys(name for version in folder.versions for name in compiled(version).facts))


def step_names(folder: Folder) -> dict[str, str]:
    """Every name by which a step may be called in a log (code, name, title in zh or en) → its code. A name of two steps is no name."""
    out: dict[str, str] = {}
    twice: set[str] = set()
    for version in folder.versions:
        for row in compiled(version).steps:
            for name in {row.step.code, row.step.name, row.step.words.zh, row.step.words.en}:
                if out.get(name, row.step.code) != row.step.code:
                    twice.add(name)
                out[name] = row.step.code
    return {name: code for name, code in out.items() if name not in twice or name == code}
