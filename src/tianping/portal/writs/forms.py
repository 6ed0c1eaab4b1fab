"""起草表单 · What the drafter wrote and the day the document is dated, read from a form; what will not do is told beside its field."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Final

from tianping.law.text import T
from tianping.procedure.writs import Template

DAY: Final = "day"
NOT_A_DAY: Final = T("日期须写全年、月、日，如2026年3月5日", "The date needs a year, a month and a day, such as 5 March 2026")


@dataclass(slots=True)
class DraftForm:
    """起草 · Each answer, the parts of the day as typed, and what is to be changed."""

    written: dict[str, str]
    parts: Mapping[str, object] | date
    day: date | None
    errors: dict[str, T] = field(default_factory=dict)

    @property
    def summary(self) -> list[tuple[str, T]]:
        """What is to be changed, for the head of the page."""
        return list(self.errors.items())


def blank(written: Mapping[str, str], day: date) -> DraftForm:
    """A form that nobody has sent yet."""
    return DraftForm(dict(written), day, day)


def read(template: Template, sent: Mapping[str, str]) -> DraftForm:
    """A form as it was sent."""
    written = {w.name: str(sent.get(f"w-{w.name}", "")) for w in template.written}
    parts = {part: str(sent.get(f"{DAY}-{part}", ""))[:4] for part in ("year", "month", "day")}
    try:
        day = date(*(int(parts[part]) for part in ("year", "month", "day")))
    except ValueError:
        return DraftForm(written, parts, None, {DAY: NOT_A_DAY})
    return DraftForm(written, parts, day)
