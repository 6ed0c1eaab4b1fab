"""筛选 · What of the worklist is shown: by group, procedure, stage and holder. It stands in the address, and is kept under a name so."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any, Final
from urllib.parse import urlencode

from tianping.casework.engine.registered import folders
from tianping.casework.selectors.worklist import GROUPS, Bounds, Group
from tianping.law.text import T
from tianping.procedure.grammar import Stage

SUSPENDED: Final = "suspended"
EVERY: Final = "every"
TABS: Final[dict[str, T]] = {
    "": T("按期限", "By limit"),
    "overdue": T("超期", "Overdue"),
    "today": T("今天", "Today"),
    "soon": T("三个工作日内", "Within 3 working days"),
    "later": T("以后", "Later"),
    "none": T("计时暂停或无期限", "Paused or no limit"),
    SUSPENDED: T("中止", "Suspended"),
    EVERY: T("全部案件", "All cases"),
}
MINE: Final = "mine"


@dataclass(frozen=True, slots=True)
class Filters:
    """筛选条件 · ``group``: a tab of the list. ``holder``: "mine" or "". Empty: everything that may be seen and is active."""

    group: str = ""
    procedure: str = ""
    stage: str = ""
    holder: str = ""

    @property
    def query(self) -> dict[str, str]:
        """As it stands in an address or under a name."""
        named = {"group": self.group, "procedure": self.procedure, "stage": self.stage, "holder": self.holder}
        return {name: value for name, value in named.items() if value}

    def href(self, **changed: str) -> str:
        """The address of the list with some of it changed."""
        query = replace(self, **changed).query
        return "/desk/" + ("?" + urlencode(query) if query else "")

    def asks(self, days: Bounds, post: int | None) -> dict[str, Any]:
        """What the list is asked."""
        wanted: dict[str, Any] = {"procedure": self.procedure or None, "stage": self.stage or None}
        if self.holder == MINE:
            wanted["holder"] = post or 0
        if self.group == SUSPENDED:
            return wanted | {"order": "opened", "lifecycle": 1}
        if self.group == EVERY:
            return wanted | {"order": "opened"}
        return wanted | {"order": "due"} | (days.stretch(_group(self.group)) if self.group else {})


def filters_of(given: Mapping[str, Any]) -> Filters:
    """The filters of an address or of a saved view: what is unknown is left out."""

    def one(name: str) -> str:
        value = given.get(name, "")
        return value if isinstance(value, str) else ""

    group, procedure = one("group"), one("procedure")
    procedure = procedure if procedure in folders() else ""
    stage = one("stage") if procedure and one("stage") in stages(procedure) else ""
    return Filters(group if group in TABS else "", procedure, stage, MINE if one("holder") == MINE else "")


def stages(procedure: str) -> dict[str, T]:
    """The stages of a procedure's own track, in any version."""
    return {s.name: s.title for version in folders()[procedure].versions for s in version.of(Stage)}


def _group(name: str) -> Group:
    return next(g for g in GROUPS if g == name)
