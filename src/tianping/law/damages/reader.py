"""案件文件 · Reads a damages case from TOML; every mistake is told with its place, its key and what it should be."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from enum import StrEnum
from pathlib import Path
from typing import Any, Final, TypeVar

from tianping.law.damages.errors import MissingKey, NotAnAmount, NotConsistent, UnknownKey, UnreadableCase, WrongValue
from tianping.law.damages.model import RECEIPTS, Accident, Case, Commercial, Dependant, LostIncome, Nursing, Residence, Road, Vehicle, Victim
from tianping.law.text import T

E = TypeVar("E", bound=StrEnum)
OLDEST: Final = 130
GRADES: Final = 10


class Table:
    """One table of the file: typed look-ups, each of which knows its place; :meth:`close` refuses keys that nobody asked for."""

    def __init__(self, place: T, data: Mapping[str, Any]) -> None:
        self.place, self.data, self.known = place, data, set[str]()

    def has(self, key: str) -> bool:
        """Whether the key is given; asking makes it known."""
        self.known.add(key)
        return key in self.data

    def raw(self, key: str) -> Any:
        """The value as the file has it. Raises MissingKey."""
        if not self.has(key):
            raise MissingKey(place=self.place, key=key)
        return self.data[key]

    def number(self, key: str, *, most: Decimal | None = None, above: Decimal | None = None) -> Decimal:
        """A number of zero or more. Raises NotAnAmount."""
        value = self.raw(key)
        wanted = T("不小于 0 的数", "a number of 0 or more") if most is None else T("0 至 {m} 的数", "a number from 0 to {m}").fill(m=most)
        if isinstance(value, bool) or not isinstance(value, int | Decimal):
            raise NotAnAmount(place=self.place, key=key, wanted=wanted, value=repr(value))
        found = Decimal(value)
        if not found.is_finite() or found < 0 or (most is not None and found > most) or (above is not None and found <= above):
            raise NotAnAmount(place=self.place, key=key, wanted=wanted, value=found)
        return found

    def money(self, key: str) -> Decimal:
        """An amount of yuan, to the cent. Raises NotAnAmount."""
        found = self.number(key)
        if found != found.quantize(Decimal("0.01")):
            raise NotAnAmount(place=self.place, key=key, wanted=T("精确到分的金额", "an amount to the cent"), value=found)
        return found

    def whole(self, key: str, *, least: int = 0, most: int = OLDEST) -> int:
        """A whole number in a range. Raises NotAnAmount."""
        value = self.raw(key)
        if isinstance(value, bool) or not isinstance(value, int) or not least <= value <= most:
            wanted = T("{a} 至 {b} 的整数", "a whole number from {a} to {b}").fill(a=least, b=most)
            raise NotAnAmount(place=self.place, key=key, wanted=wanted, value=repr(value))
        return value

    def day(self, key: str) -> date:
        """A day. Raises WrongValue."""
        value = self.raw(key)
        if type(value) is not date:
            raise WrongValue(place=self.place, key=key, value=repr(value), wanted=T("日期，如 2022-08-10", "a day such as 2022-08-10"))
        return value

    def words(self, key: str) -> str:
        """A text that is not empty. Raises WrongValue."""
        value = self.raw(key)
        if not isinstance(value, str) or not value.strip():
            raise WrongValue(place=self.place, key=key, value=repr(value), wanted=T("加引号的文字", "a quoted text"))
        return value

    def flag(self, key: str, *, default: bool) -> bool:
        """True or false. Raises WrongValue."""
        value = self.data.get(key, default) if self.has(key) else default
        if not isinstance(value, bool):
            raise WrongValue(place=self.place, key=key, value=repr(value), wanted="true / false")
        return value

    def one_of(self, key: str, kinds: type[E]) -> E:
        """One of the names of an enumeration. Raises WrongValue."""
        value = self.raw(key)
        if not isinstance(value, str) or value not in set(kinds):
            raise WrongValue(place=self.place, key=key, value=repr(value), wanted=", ".join(kinds))
        return kinds(value)

    def table(self, key: str) -> Table:
        """A table inside this one. Raises WrongValue."""
        value = self.raw(key)
        if not isinstance(value, dict):
            raise WrongValue(place=self.place, key=key, value=repr(value), wanted=T("表 [{k}]", "a table [{k}]").fill(k=key))
        return Table(T(f"{self.place.zh}.{key}", f"{self.place.en}.{key}"), value)

    def tables(self, key: str) -> list[Table]:
        """An array of tables, empty if it is not given. Raises WrongValue."""
        rows = self.data.get(key, []) if self.has(key) else []
        if not isinstance(rows, list) or not all(isinstance(r, dict) for r in rows):
            raise WrongValue(place=self.place, key=key, value=repr(rows), wanted=T("表的列表 [[{k}]]", "tables [[{k}]]").fill(k=key))
        prefix = f"{self.place.en}." if self.place.en != "case" else ""
        return [Table(T(f"{prefix}{key}[{n}]", f"{prefix}{key}[{n}]"), r) for n, r in enumerate(rows, 1)]

    def close(self) -> None:
        """Refuse what nobody asked for. Raises UnknownKey."""
        for key in self.data:
            if key not in self.known:
                raise UnknownKey(place=self.place, key=key, known=", ".join(sorted(self.known)))


def read_case(path: Path) -> Case:
    """A case from a file. Raises UnreadableCase and the errors of :func:`parse_case`."""
    try:
        text = path.read_text(encoding="utf-8")
    except FileNotFoundError as absent:
        raise UnreadableCase(place=path.name, why=T("没有这个文件", "there is no such file")) from absent
    except (OSError, UnicodeDecodeError) as unreadable:
        raise UnreadableCase(place=path.name, why=unreadable) from unreadable
    return parse_case(text, name=path.name)


def parse_case(text: str, *, name: str = "case") -> Case:
    """A case from TOML text. Raises UnreadableCase, UnknownKey, MissingKey, NotAnAmount, WrongValue, NotConsistent."""
    try:
        data = tomllib.loads(text, parse_float=Decimal)
    except tomllib.TOMLDecodeError as malformed:
        raise UnreadableCase(place=name, why=malformed) from malformed
    top = Table(T("案件", "case"), data)
    title = top.table("title")
    case = Case(
        T(title.words("zh"), title.words("en")),
        _accident(top.table("accident")),
        tuple(_vehicle(t) for t in top.tables("vehicles")),
        tuple(_victim(t) for t in top.tables("victims")),
    )
    title.close()
    top.close()
    _check(case)
    return case


def _accident(t: Table) -> Accident:
    found = Accident(
        t.day("on"),
        t.day("debate_closed"),
        t.words("region"),
        mental_first=t.flag("mental_first", default=False),
        income=t.money("income") if t.has("income") else None,
        consumption=t.money("consumption") if t.has("consumption") else None,
        staff_wage=t.money("staff_wage") if t.has("staff_wage") else None,
    )
    t.close()
    if found.debate_closed < found.on:
        raise NotConsistent(place=t.place, why=T("辩论终结日早于事故日", "the debate closed before the accident"))
    return found


def _vehicle(t: Table) -> Vehicle:
    cover = None
    if t.has("commercial"):
        inner = t.table("commercial")
        cover = Commercial(inner.money("limit"), inner.flag("covers_mental", default=False))
        inner.close()
    found = Vehicle(
        t.words("name"),
        t.number("share", most=Decimal(1)),
        blameless=t.flag("blameless", default=False),
        insured=t.flag("insured", default=True),
        recourse=t.flag("recourse", default=False),
        commercial=cover,
    )
    t.close()
    return found


def _victim(t: Table) -> Victim:
    found = Victim(
        t.words("name"),
        t.one_of("road", Road),
        t.whole("age"),
        receipts=_receipts(t.table("receipts")) if t.has("receipts") else (),
        vehicle=t.words("vehicle") if t.has("vehicle") else None,
        intended=t.flag("intended", default=False),
        residence=t.one_of("residence", Residence) if t.has("residence") else None,
        home_region=t.words("home_region") if t.has("home_region") else None,
        grade=t.whole("grade", least=1, most=GRADES) if t.has("grade") else None,
        coefficient=t.number("coefficient", most=Decimal(1), above=Decimal(0)) if t.has("coefficient") else None,
        died=t.flag("died", default=False),
        lost_income=_lost_income(t.table("lost_income")) if t.has("lost_income") else None,
        nursing=_nursing(t.table("nursing")) if t.has("nursing") else None,
        mental=t.money("mental") if t.has("mental") else Decimal(0),
        dependants=tuple(_dependant(x) for x in t.tables("dependants")),
    )
    t.close()
    _check_victim(t.place, found)
    return found


def _receipts(t: Table) -> tuple[tuple[str, Decimal], ...]:
    found = tuple((code, t.money(code)) for code in RECEIPTS if t.has(code))
    t.close()
    return found


def _lost_income(t: Table) -> LostIncome:
    found = LostIncome(t.money("yearly"), t.day("since"), t.day("until"))
    t.close()
    if found.until < found.since:
        raise NotConsistent(place=t.place, why=T("止日早于起日", "it ends before it begins"))
    return found


def _nursing(t: Table) -> Nursing:
    found = Nursing(t.money("daily"), t.whole("days", most=7305), t.whole("carers", least=1, most=9) if t.has("carers") else 1)
    t.close()
    return found


def _dependant(t: Table) -> Dependant:
    found = Dependant(t.words("name"), t.whole("age"), t.whole("supporters", least=1, most=99))
    t.close()
    return found


def _check_victim(place: T, victim: Victim) -> None:
    if victim.died and (victim.grade is not None or victim.coefficient is not None):
        raise NotConsistent(place=place, why=T("死亡赔偿金与残疾赔偿金不能并存", "death and disability compensation exclude each other"))
    if victim.grade is not None and victim.coefficient is not None:
        raise NotConsistent(place=place, why=T("伤残等级与系数只写一项", "give the grade or the coefficient, not both"))
    if victim.dependants and not victim.died and victim.grade is None and victim.coefficient is None:
        raise NotConsistent(place=place, why=T("无残疾或死亡，不计被扶养人生活费", "no dependants' cost without disability or death"))
    if (victim.road in {Road.DRIVER, Road.PASSENGER}) != (victim.vehicle is not None):
        raise NotConsistent(place=place, why=T("驾驶人、乘客须写所在车辆，其他人不写", "a driver or passenger names the vehicle, others do not"))


def _check(case: Case) -> None:
    where = T("案件", "case")
    for names, what in (([v.name for v in case.vehicles], "vehicles"), ([v.name for v in case.victims], "victims")):
        if not names:
            raise MissingKey(place=where, key=f"[[{what}]]")
        if len(set(names)) < len(names):
            raise NotConsistent(place=T(what, what), why=T("名称重复", "a name is used twice"))
    vehicles = {v.name for v in case.vehicles}
    for victim in case.victims:
        if victim.vehicle is not None and victim.vehicle not in vehicles:
            raise WrongValue(place=victim.name, key="vehicle", value=victim.vehicle, wanted=", ".join(sorted(vehicles)))
