"""待办页 · The worklist as it is shown: tabs and saved filters with how many, rows in their groups, each with its next step."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from tianping.casework.alarms.leads import Leads
from tianping.casework.engine.registered import folders, tables_of
from tianping.casework.engine.snapshot import CLOSED, SUSPENDED
from tianping.casework.models import SavedView
from tianping.casework.selectors.worklist import GROUPS, Bounds, Census, Group, Work
from tianping.law.text import T
from tianping.portal.desk.filters import MINE, TABS, Filters, filters_of, stages
from tianping.portal.desk.shown import stored
from tianping.portal.desk.steps import Next, next_step
from tianping.portal.house.clocks import POLICY, chip, ruler
from tianping.portal.house.shapes import Chip, Ruler, When

PAUSED: Final = "paused"
HEADS: Final[dict[str, T]] = {**{g: TABS[g] for g in GROUPS[:4]}, PAUSED: T("计时暂停", "Time paused"), "none": T("无期限", "No limit runs")}
LIFECYCLES: Final = (T("在办", "Active"), T("中止", "Suspended"), T("已结", "Closed"), T("已归档", "Archived"))


@dataclass(frozen=True, slots=True)
class Row:
    """一行 · A case in the list: what is due when, what comes next, who the parties are, which case it is and where it stands."""

    id: int
    href: str
    number: str | None
    title: str
    parties: str
    procedure: T
    stage: T
    state: T | None
    institution: T
    holder: T | None
    version: int
    sealed: bool
    chip: Chip | None
    when: When | None
    ruler: Ruler | None
    next: Next | None
    act: str


@dataclass(frozen=True, slots=True)
class Section:
    """一组 · Rows that are due alike, under their heading."""

    title: T
    rows: tuple[Row, ...]


@dataclass(frozen=True, slots=True)
class Tab:
    """一个视图 · A view of the list, where it is, how many it holds (None: not counted), and whether that many are only the nearest."""

    title: T
    href: str
    count: int | None
    more: bool
    current: bool
    saved: int | None = None

    @property
    def told(self) -> str | None:
        """The count as it is shown."""
        return None if self.count is None else f"{self.count}+" if self.more else str(self.count)


def sections(found: Sequence[Work], days: Bounds, leads: Leads = POLICY) -> list[Section]:
    """The rows of a page in their groups, in the order of the groups."""
    placed: dict[str, list[Row]] = {}
    for work in found:
        placed.setdefault(_group(work, days), []).append(row_of(work, days.at, leads))
    return [Section(HEADS[name], tuple(placed[name])) for name in HEADS if name in placed]


def _group(work: Work, days: Bounds) -> str:
    clock = work.clock
    group: Group = days.group(work.row.due)
    return PAUSED if group == "none" and clock is not None and not clock.fixed else group


def row_of(work: Work, at: datetime, leads: Leads = POLICY) -> Row:
    """A case as a row."""
    row, clock = work.row, work.clock
    tables = tables_of(work.definition)
    stage = next((s.title for s in tables.tracks[0].stages if s.name == row.stage), T(row.stage, row.stage))
    follows = None if row.lifecycle >= CLOSED else next_step(tables, row.stage, clock)
    href = f"/desk/cases/{row.id}"
    act = href if follows is None or not follows.step else f"{href}/do/{follows.step}" + (f"?entity={follows.entity}" if follows.entity else "")
    shape = stored(clock) if clock is not None and row.lifecycle < SUSPENDED else None
    return Row(
        row.id, href, row.number, row.covered or row.title, " — ".join(name for _, name in work.parties), tables.procedure.title, stage,
        None if row.lifecycle == 0 else LIFECYCLES[row.lifecycle], work.institution, work.holder, row.version, row.level > 0,
        chip(shape, at, leads) if shape else None, shape.when if shape else None, ruler(shape, at) if shape else None, follows, act,
    )  # fmt: skip


def tabs(filters: Filters, counted: Census, post: int | None) -> list[Tab]:
    """The views of the list by group, counted under the other filters in use."""
    kept = {"procedure": filters.procedure, "stage": filters.stage, "holder": (post or 0) if filters.holder == MINE else None}
    out = []
    for name, title in TABS.items():
        group = next((g for g in GROUPS if g == name), None)
        known = name == "" or group is not None
        count = counted.count(group=group, **kept) if known else None  # type: ignore[arg-type]  # told apart by name
        out.append(Tab(title, filters.href(group=name), count, known and not counted.exact(group), name == filters.group))
    return out


def saved(views: Sequence[SavedView], filters: Filters, counted: Census, post: int | None) -> list[Tab]:
    """The filters that somebody keeps, each with how many of the nearest cases fit."""
    out = []
    for view in views:
        own = filters_of(view.query)
        group = next((g for g in GROUPS if g == own.group), None)
        holder = (post or 0) if own.holder == MINE else None
        count = counted.count(procedure=own.procedure, stage=own.stage, holder=holder, group=group) if own.group in ("", group) else None
        out.append(Tab(T(view.name, view.name), own.href(), count, not counted.exact(group), own == filters, view.pk))
    return out


def procedures(counted: Census) -> list[tuple[str, T]]:
    """The procedures of the cases that were counted: what may be filtered by."""
    found = {t.procedure for t in counted.tallies}
    return sorted(((code, folders()[code].current.title) for code in found if code in folders()), key=lambda p: p[1].zh)


def stages_of(filters: Filters) -> list[tuple[str, T]]:
    """The stages of the procedure that is filtered by."""
    return list(stages(filters.procedure).items()) if filters.procedure else []


def on(filters: Filters) -> list[tuple[T, str]]:
    """The filters in use beside the tab, each with the address without it."""
    out = []
    if filters.procedure:
        out.append((folders()[filters.procedure].current.title, filters.href(procedure="", stage="")))
    if filters.stage:
        out.append((stages(filters.procedure)[filters.stage], filters.href(stage="")))
    if filters.holder:
        out.append((T("我承办的", "Held by me"), filters.href(holder="")))
    return out
