"""读表单 · What was typed into the fields of a form, as the engine takes it; and for what will not do, what the answer must be and what was given."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime
from decimal import Decimal, InvalidOperation
from typing import Final

from django.http import QueryDict

from tianping.law.text import T
from tianping.portal.desk.fields import FACT, Field, Kind
from tianping.procedure.oclock import hour_of

PARTS: Final = ("year", "month", "day", "hour", "minute")
EARLIEST: Final = date(1949, 10, 1)
MOST_DIGITS: Final = 15
WHOLE: Final = T("{title}须是整数，您填的是 {given}", "{title} must be a whole number. You entered {given}")
MONEY: Final = T("{title}须是以元计的金额，至多两位小数，您填的是 {given}", "{title} must be yuan, at most two decimals. You entered {given}")
HOUR: Final = T("{title}须是一天里的时间，如 9:30，您填的是 {given}", "{title} must be a time of day such as 9:30. You entered {given}")
REAL: Final = T("{title}须是真实的日期，您填的是 {given}", "{title} must be a real date. You entered {given}")


@dataclass(frozen=True, slots=True)
class Read:
    """所填 · The fields with what was typed into them, and the answers in their kinds; nothing for what was left empty."""

    fields: tuple[Field, ...]
    answers: Mapping[str, object]

    @property
    def good(self) -> bool:
        """Whether every field will do."""
        return not any(f.error for f in self.fields)

    @property
    def errors(self) -> list[tuple[str, T]]:
        """(field, what to change) for the summary above the form."""
        return [(f.name, f.error) for f in self.fields if f.error]

    @property
    def facts(self) -> dict[str, object]:
        """The answers to the questions of the step, by the facts' names."""
        return {name.removeprefix(FACT): value for name, value in self.answers.items() if name.startswith(FACT)}

    def refused(self, name: str, error: T) -> Read:
        """The same, with one field that will not do."""
        return replace(self, fields=tuple(f.wrong(error) if f.name == name else f for f in self.fields))


class Unfit(ValueError):
    """What an answer must be."""

    def __init__(self, words: T) -> None:
        super().__init__(words.zh)
        self.words = words


def read(fields: Iterable[Field], given: QueryDict) -> Read:
    """Read what was typed. Every field keeps it, whether it will do or not."""
    out: list[Field] = []
    answers: dict[str, object] = {}
    for field in fields:
        kept = _kept(field, given)
        try:
            value = _value(kept, given)
            if value is None and field.required:
                raise Unfit(T("请填写：{title}", "Fill in: {title}").fill(title=field.title))
        except Unfit as error:
            kept = kept.wrong(error.words)
            value = None
        out.append(kept)
        if value is not None:
            answers[field.name] = value
    return Read(tuple(out), answers)


def _kept(field: Field, given: QueryDict) -> Field:
    """The field with what was typed into it, as it was typed."""
    if field.kind == "checks":
        return replace(field, values=tuple(given.getlist(field.name)[:50]))
    if field.kind in ("day", "moment"):
        parts = {part: given.get(f"{field.name}-{part}", "").strip()[:4] for part in PARTS}
        parts = {part: value for part, value in parts.items() if value}
        plain = given.get(field.name, "").strip()[:20]
        return replace(field, value=plain, parts=parts or None if not plain else None)
    return replace(field, value=_clean(given.get(field.name, ""))[: field.most])


def _value(field: Field, given: QueryDict) -> object:
    if field.kind == "checks":
        known = {key for key, _ in field.choices}
        return [v for v in field.values if v in known] or None
    if field.kind in ("day", "moment"):
        return _moment(field)
    if not field.value:
        return None
    if len(_clean(given.get(field.name, ""))) > field.most:
        raise Unfit(T("{title}不超过 {most} 字", "{title}: at most {most} characters").fill(title=field.title, most=field.most))
    return _READ[field.kind](field)


def _moment(field: Field) -> object:
    """A day (or an instant) from its parts, or as written in one piece."""
    text = field.value
    if field.parts is not None:
        number = [field.parts.get(part, "") for part in PARTS]
        text = "-".join(p.zfill(2 if n else 4) for n, p in enumerate(number[:3]))
        if field.kind == "moment" and any(number[3:]):
            text += "T" + ":".join((p or "0").zfill(2) for p in number[3:])
    if not text:
        return None
    wanted = REAL.fill(title=field.title, given=text)
    try:
        found: date = datetime.fromisoformat(text) if field.kind == "moment" else date.fromisoformat(text)
    except ValueError as error:
        raise Unfit(wanted) from error
    day = found.date() if isinstance(found, datetime) else found
    if day < EARLIEST or day.year > 2199:
        raise Unfit(wanted)
    return found


def _bool(field: Field) -> object:
    return _chosen(field) == "true"


def _chosen(field: Field) -> str:
    if field.value not in {key for key, _ in field.choices}:
        raise Unfit(T("请在所列各项中选择：{title}", "Choose one of those listed: {title}").fill(title=field.title))
    return field.value


def _whole(field: Field) -> object:
    text = field.value.replace(",", "").replace("−", "-")
    if not text.removeprefix("-").isdecimal() or not text.isascii() or len(text) > MOST_DIGITS:
        raise Unfit(WHOLE.fill(title=field.title, given=field.value))
    return int(text)


def _money(field: Field) -> object:
    try:
        amount = Decimal(field.value.replace(",", "").replace("，", "").removesuffix("元").replace("−", "-").strip())
    except InvalidOperation:
        amount = Decimal("NaN")
    exponent = amount.as_tuple().exponent
    if not amount.is_finite() or not isinstance(exponent, int) or exponent < -2 or amount.adjusted() > MOST_DIGITS:
        raise Unfit(MONEY.fill(title=field.title, given=field.value))
    return amount


def _hour(field: Field) -> object:
    found = hour_of(field.value)
    if found is None:
        raise Unfit(HOUR.fill(title=field.title, given=field.value))
    return found


def _clean(text: str) -> str:
    """Without what a database cannot hold."""
    return "".join(c for c in text.replace("\r\n", "\n") if c.isprintable() or c in "\n\t").strip()


_READ: Final[dict[Kind, Callable[[Field], object]]] = {
    "bool": _bool, "choice": _chosen, "select": _chosen, "whole": _whole, "money": _money, "hour": _hour,
    "line": lambda f: f.value, "text": lambda f: f.value,
}  # fmt: skip
