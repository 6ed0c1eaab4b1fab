"""管理表单 · What was typed, read field by field: as it stands, as it is meant, and what must be changed."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from decimal import Decimal, InvalidOperation
from typing import Any, Final, cast

from django.http import HttpRequest, HttpResponse

from tianping.casework.people import reading
from tianping.law.text import T
from tianping.portal.administration.rooms import once_only, room
from tianping.portal.api.problems import status_of
from tianping.portal.house.asked import whole

FIRST_YEAR: Final = 1990
LAST_YEAR: Final = 2069
NO_CODE: Final = T("没有这个代号的机构", "no institution has this code")


class Typed:
    """所填 · A form that was sent: ``as_typed`` goes back into the page, ``errors`` says what must be changed, by the name of the field."""

    def __init__(self, request: HttpRequest) -> None:
        self._sent, self._files = request.POST, request.FILES
        self.as_typed: dict[str, Any] = {}
        self.errors: dict[str, T] = {}

    def line(self, name: str, most: int, *, optional: bool = False) -> str:
        """A line of text."""
        said = self.as_typed[name] = "".join(c for c in self._sent.get(name, "")[: most + 1] if c.isprintable()).strip()
        if (not said and not optional) or len(said) > most:
            self.errors[name] = T(f"写1至{most}个字", f"write 1 to {most} characters")
        return said

    def text(self, name: str, most: int, *, optional: bool = False) -> str:
        """Several lines."""
        said = self.as_typed[name] = self._sent.get(name, "")[: most + 1].replace("\0", "")
        if (not said.strip() and not optional) or len(said) > most:
            self.errors[name] = T(f"写1至{most}个字", f"write 1 to {most} characters")
        return said

    def text_or_file(self, name: str, most: int, *, optional: bool = False) -> str:
        """Several lines, typed, or those of the file ``name-file``; it stands in the page afterwards as if it had been typed."""
        file = self._files.get(f"{name}-file")
        if file is None:
            return self.text(name, most, optional=optional)
        sent = cast(bytes, file.read(4 * most + 1))
        said = self.as_typed[name] = sent.decode("utf-8-sig", errors="replace").replace("\0", "")
        if not said.strip() or len(said) > most or "\ufffd" in said:
            self.as_typed[name] = said[:most]
            self.errors[name] = T(f"文件须是不超过{most}个字的 UTF-8 文本", f"the file must be text in UTF-8 of at most {most} characters")
        return said

    def chosen(self, name: str, known: dict[str, Any], *, optional: bool = False) -> str:
        """One of a list."""
        said = self.as_typed[name] = self._sent.get(name, "")[:60]
        if said not in known and not (optional and not said):
            self.errors[name] = T("选择一项", "choose one")
        return said

    def organisation(self, name: str) -> int | None:
        """An institution, by its code."""
        found = reading.named(self.line(name, 60))
        if found is None:
            self.errors.setdefault(name, NO_CODE)
        return None if found is None else found.pk

    def number(self, name: str) -> int:
        """The number of a row; 0 where it is none."""
        return whole(self._sent.get(name, "")) or 0

    def decimal(self, name: str) -> Decimal:
        """A number, as people write it: with or without thousands."""
        said = self.as_typed[name] = self._sent.get(name, "").strip()[:30]
        try:
            return Decimal(said.replace(",", "").replace("，", ""))
        except InvalidOperation:
            self.errors[name] = T("写一个数", "write a number")
            return Decimal(0)

    def year(self, name: str) -> int:
        """A year that the calendar knows."""
        said = self.as_typed[name] = self._sent.get(name, "")[:4]
        found = whole(said) or 0
        if not FIRST_YEAR <= found <= LAST_YEAR:
            self.errors[name] = T("写四位数的年份", "write the year in four digits")
        return found

    def day(self, name: str, *, optional: bool = False) -> date | None:
        """A day from its three fields."""
        parts = self.as_typed[name] = {part: self._sent.get(f"{name}-{part}", "").strip()[:4] for part in ("year", "month", "day")}
        if optional and not any(parts.values()):
            return None
        try:
            found = date(*(int(said) for said in parts.values()))
        except ValueError:
            found = date.min
        if not FIRST_YEAR <= found.year <= LAST_YEAR:
            self.errors[name] = T("写出年、月、日", "write year, month and day")
            return None
        return found

    def must_day(self, name: str) -> date:
        """A day that must be given; where it is not, ``errors`` says so and the day is no day to act on."""
        return self.day(name) or date.min


def answered(request: HttpRequest, form: Typed, act: Callable[[], str], template: str, data: dict[str, Any]) -> HttpResponse:
    """Where the act leads to, or the page again with what was typed and what must be changed."""
    typed = {"typed": form.as_typed, "errors": form.errors}
    if form.errors:
        return room(request, template, data | typed, status=422)
    done = once_only(request, act)
    if isinstance(done, HttpResponse):
        return done
    return room(request, template, data | typed | {"error": done}, status=status_of(done))
