"""取自范例 · A worked case of a procedure as a story, so that breaches can be planted into it on other days."""

from __future__ import annotations

from datetime import date, datetime, time
from typing import Any

from tests.institutions.rows.planted import Act, Story
from tianping.procedure.examples import read_examples
from tianping.procedure.registry import find


def worked(code: str, nth: int, file: str = "cases.yaml") -> Story:
    """The nth worked case; its days, and the days among its answers, are counted from its beginning."""
    rows = read_examples(find(code).path / "examples" / file)[nth].data["events"]
    begin = _moment(rows[0]["at"])
    nine = datetime.combine(begin.date(), time(9))
    return [_act(row, begin, nine) for row in rows]


def _act(row: dict[str, Any], begin: datetime, nine: datetime) -> Act:
    moment = _moment(row["at"])
    facts = {n: datetime.combine(a, time(9)) - nine if type(a) is date else a for n, a in row.get("facts", {}).items()}
    return Act((moment - begin).total_seconds() / 86_400, row["do"], ", ".join(row.get("by", ())), str(row.get("entity", "")), facts)


def _moment(at: date | datetime | str) -> datetime:
    if isinstance(at, str):
        return datetime.fromisoformat(at)
    return at if isinstance(at, datetime) else datetime.combine(at, time(9))
