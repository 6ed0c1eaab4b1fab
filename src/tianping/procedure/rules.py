"""规则表 · Every rule that a definition can find broken, numbered: what engines emit, and the words that a finding says."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import Literal

from tianping.law.citations import Citation
from tianping.law.text import T
from tianping.procedure.tables import Tables

Kind = Literal[
    "order", "closed", "missing", "guard", "count", "by", "not_by", "recorded", "halted", "one_open", "opens", "on",
    "late", "barred", "early", "ask", "decide", "times",
]  # fmt: skip
Severity = Literal["breach", "target", "record"]
"""A breach of law; a local target or promise missed; a fault of the record only."""

REFUSED: frozenset[Kind] = frozenset(
    {"order", "closed", "missing", "guard", "count", "by", "not_by", "halted", "one_open", "on", "barred", "early", "times"}
)
"""The kinds for which a step is refused when it is tried; the others are found afterwards."""

TEXTS: dict[Kind, T] = {
    "order": T("“{title}”不能在此阶段办理", "“{title}” may not be taken in this stage"),
    "closed": T("已结束，不能再办理“{title}”", "it has ended: “{title}” can no longer be taken"),
    "missing": T("办理“{title}”之前缺少必经环节", "required steps are missing before “{title}”"),
    "guard": T("“{step}”不合条件：{title}", "“{step}” does not meet a condition: {title}"),
    "count": T("“{title}”超过允许次数", "“{title}” was taken more often than allowed"),
    "by": T("“{title}”须由{who}办理", "“{title}” must be taken by {who}"),
    "not_by": T("“{title}”不得由办理“{other}”的人办理", "“{title}” may not be taken by the person who took “{other}”"),
    "recorded": T("“{title}”未在{within}内录入", "“{title}” was not recorded within {within}"),
    "halted": T("“{title}”期间不得办理其他环节", "nothing else may happen during “{title}”"),
    "one_open": T("“{title}”尚有一项未结束，不得另开", "one “{title}” is still open: no other may be opened"),
    "opens": T("办理“{title}”未同时发出移送", "“{title}” was taken without sending its referral"),
    "on": T("“{title}”的前提（期满或答复）尚未成就", "the cause of “{title}” (a limit run out, an answer) has not come"),
    "late": T("超过“{title}”", "“{title}” was exceeded"),
    "barred": T("“{title}”届满后才行使", "exercised after “{title}” had run out"),
    "early": T("早于“{title}”届满", "earlier than the end of “{title}”"),
    "ask": T("“{title}”未在届满前{within}申请延长", "the extension of “{title}” was not asked for {within} before the last day"),
    "decide": T("“{title}”的延长未在届满前{within}决定", "the extension of “{title}” was not decided {within} before the last day"),
    "times": T("“{title}”的延长次数超过规定", "“{title}” was extended more often than allowed"),
}


@dataclass(frozen=True, slots=True)
class RuleRow:
    """One rule: its stable code, its kind, how grave it is, its article and its words."""

    no: int
    code: str
    kind: Kind
    severity: Severity
    cites: Citation
    text: T


@dataclass(frozen=True, slots=True)
class Rules:
    """The rules of a definition; ``find(kind, subject, detail)`` gives a rule's number."""

    rows: tuple[RuleRow, ...]
    numbers: dict[tuple[Kind, int, int], int]

    def find(self, kind: Kind, subject: int, detail: int = 0) -> int:
        """The number of a rule: subject is a step, limit, pause or track number; detail a guard or extension number."""
        return self.numbers[kind, subject, detail]


@cache
def rules(tables: Tables) -> Rules:
    """The rules of a definition, steps first, then pauses, parts, limits, in the order written."""
    maker = _Maker(tables)
    maker.of_steps()
    maker.of_parts()
    maker.of_limits()
    return Rules(tuple(maker.rows), maker.numbers)


class _Maker:
    def __init__(self, tables: Tables) -> None:
        self.tables = tables
        self.rows: list[RuleRow] = []
        self.numbers: dict[tuple[Kind, int, int], int] = {}

    def add(self, kind: Kind, subject: int, code: str, cites: Citation, *, detail: int = 0, severity: Severity = "breach", **words: object) -> None:
        self.numbers[kind, subject, detail] = len(self.rows)
        self.rows.append(RuleRow(len(self.rows), code, kind, severity, cites, TEXTS[kind].fill(**words)))

    def of_steps(self) -> None:
        for row in self.tables.steps:
            step, code = row.step, row.step.code
            for kind in ("order", "closed", "missing"):
                self.add(kind, row.no, f"{code}.{kind}", step.cites, title=step.words)
            for i, (ground, _) in enumerate(row.guards):
                self.add("guard", row.no, ground.code, ground.cites, detail=i, title=ground.title, step=step.words)
            if step.at_most.n:
                self.add("count", row.no, f"{code}.count", step.cites, title=step.words)
            self.add("by", row.no, f"{code}.by", step.cites, title=step.words, who=step.by.words)
            if step.not_by is not None:
                self.add("not_by", row.no, f"{code}.not_by", step.cites, title=step.words, other=step.not_by.words)
            if step.record_within is not None:
                self.add("recorded", row.no, f"{code}.recorded", step.cites, severity="record", title=step.words, within=step.record_within.text)
            if step.opens:
                self.add("opens", row.no, f"{code}.opens", step.cites, severity="record", title=step.words)
            if step.on is not None:
                self.add("on", row.no, f"{code}.on", step.cites, title=step.words)

    def of_parts(self) -> None:
        for pause in self.tables.pauses:
            if pause.pause.halts:
                self.add("halted", pause.no, f"{pause.pause.code}.halted", pause.pause.cites, title=pause.pause.words)
        for track in self.tables.tracks:
            if track.part is not None and track.part.one_open:
                opening = next(s for s in self.tables.steps if s.track == track.no and s.mask & 1)
                self.add("one_open", track.no, f"{track.part.code}.one_open", opening.step.cites, title=track.track.title)

    def of_limits(self) -> None:
        for row in self.tables.limits:
            limit = row.limit
            kind: Kind = "early" if row.wait else ("barred" if limit.bars else "late")
            severity: Severity = "target" if limit.target else "breach"
            self.add(kind, row.no, limit.code, limit.cites, severity=severity, title=limit.words)
            for i, ext in enumerate(row.extensions):
                cites, words = ext.extension.cites, limit.words
                if ext.extension.ask_before is not None:
                    self.add("ask", row.no, f"{ext.code}.ask", cites, detail=i, title=words, within=ext.extension.ask_before.text)
                if ext.extension.decide_before is not None:
                    self.add("decide", row.no, f"{ext.code}.decide", cites, detail=i, title=words, within=ext.extension.decide_before.text)
                self.add("times", row.no, f"{ext.code}.times", cites, detail=i, title=words)
