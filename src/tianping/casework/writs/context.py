"""填写内容 · What a template may speak of: the case, its answers, its parties whole, its runs, days of steps and limits, and what was written.

Everything is words ready to print. What is not known is a :class:`Blank`.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import Enum
from types import SimpleNamespace
from typing import Any, Final

from tianping.casework.engine.facts import from_ledger
from tianping.casework.engine.registered import tables_of
from tianping.casework.models import Account, Case, Clock, Event, Party, Run
from tianping.casework.moments import local
from tianping.casework.writs.fill import Blank, written_day
from tianping.law.citations import NoVersionInForce
from tianping.law.mentions import formal
from tianping.law.statutes import parse_citation
from tianping.procedure.contracts.roles import Roles
from tianping.procedure.grammar import Fact
from tianping.procedure.tables import Tables
from tianping.procedure.writs import Section, Template

MOST: Final = 200
"""Runs and parties that a document lists at most."""


@dataclass(frozen=True, slots=True)
class Named:
    """当事人 · A party as a document names it."""

    role: str
    name: str
    kind: str
    identity: str
    phone: str
    minor: bool
    acts_for: str


def context_of(case: Case, template: Template, written: Mapping[str, str], day: date, account: str) -> dict[str, Any]:
    """The context of a template for a case, whose parties are not masked: whoever calls leaves the trace."""
    tables = tables_of(case.definition_id)
    root = {name: case.facts.get(name) for name, (_, track) in tables.facts.items() if track == 0}
    return {
        "number": case.number or Blank("案号"),
        "title": case.title,
        "institution": case.organisation.zh,
        "procedure": tables.procedure.title.zh,
        "parties": _parties(case),
        "f": SimpleNamespace(**_answers(tables, root)),
        "w": SimpleNamespace(**{w.name: written.get(w.name, "").strip() or Blank(w.title.zh) for w in template.written}),
        "runs": _runs(case, tables),
        "steps": SimpleNamespace(**_steps(case, tables)),
        "clocks": SimpleNamespace(**_clocks(case, tables)),
        "day": written_day(day),
        "writer": _writer(account),
        "law": lambda text: _law(text, day),
    }


def prefilled(template: Template, case: Case, tables: Tables) -> dict[str, str]:
    """What the drafter finds written, of what the case knows."""
    known = {w.name: (tables.facts[w.fact][0], case.facts.get(w.fact)) for w in template.written if w.fact in tables.facts}
    return {name: str(shown(fact, value)) for name, (fact, value) in known.items() if value}


def missing_of(section: Section, context: Mapping[str, Any]) -> list[str]:
    """What a section needs and the case does not have: the names of its needs."""
    return [need for need in section.needs if not _found(need, context)]


def waived(section: Section, case: Case) -> bool:
    """Whether the fact that waives the section is true in the case."""
    return bool(section.unless) and case.facts.get(section.unless) is True


def _found(need: str, context: Mapping[str, Any]) -> object:
    place, _, name = need.partition(".")
    return getattr(context[place], name) if name else context[place]


def shown(fact: Fact[Any], value: object) -> object:
    """An answer in the words of a document."""
    if value in (None, ""):
        return Blank(fact.title.zh)
    if fact.hour and isinstance(value, str):
        return f"{int(value[:2])}时{int(value[3:])}分" if value[3:] != "00" else f"{int(value[:2])}时"
    if isinstance(value, bool):
        return "是" if value else "否"
    if isinstance(value, Decimal):
        return f"{value:.2f}"
    if isinstance(value, date):
        return written_day(value)
    if isinstance(value, str) and issubclass(fact.kind, Enum):
        return str(fact.kind[value].value)
    return value


def _answers(tables: Tables, raw: Mapping[str, Any]) -> dict[str, object]:
    typed = from_ledger(tables, raw)
    return {name: shown(tables.facts[name][0], typed.get(name)) for name in raw}


def _parties(case: Case) -> list[Named]:
    rows = list(Party.objects.filter(case=case, left__isnull=True).order_by("pk")[:MOST])
    names = {p.pk: p.name for p in rows}
    return [Named(_role(p.capacity), p.name, p.kind, p.identity, p.phone, p.minor, names.get(p.acts_for_id or 0, "")) for p in rows]


def _role(capacity: str) -> str:
    role = getattr(Roles, capacity.removeprefix("Roles."), None)
    return capacity if role is None else str(role.title.zh)


def _runs(case: Case, tables: Tables) -> SimpleNamespace:
    out: dict[str, list[SimpleNamespace]] = {t.name: [] for t in tables.tracks if t.name}
    stages = {t.name: {s.name: s.title.zh for s in t.stages} for t in tables.tracks}
    asked = {t.name: [name for name, (_, number) in tables.facts.items() if number == t.no] for t in tables.tracks}
    for run in Run.objects.filter(case=case).exclude(track="").order_by("track", "entity")[:MOST]:
        answers = _answers(tables, {name: run.facts.get(name) for name in asked[run.track]})
        out[run.track].append(SimpleNamespace(entity=run.entity, stage=stages[run.track].get(run.stage, run.stage), f=SimpleNamespace(**answers)))
    return SimpleNamespace(**out)


def _steps(case: Case, tables: Tables) -> dict[str, object]:
    """The day on which each step of the case's own track last happened."""
    struck = set(Event.objects.filter(case_id=case.pk, voids__isnull=False).values_list("voids", flat=True))
    days = {code: local(happened).date() for seq, code, happened in _events(case) if seq not in struck}
    return {
        row.step.name: written_day(days[row.step.code]) if row.step.code in days else Blank(f"{row.step.words.zh}之日")
        for row in tables.steps
        if row.track == 0
    }


def _events(case: Case) -> Any:
    return Event.objects.filter(case_id=case.pk).order_by("happened", "seq").values_list("seq", "step", "happened")


def _clocks(case: Case, tables: Tables) -> dict[str, object]:
    """The last day of each limit of the case's own track, as it was last reckoned; a provisional or unfixed day is not printed."""
    rows = Clock.objects.filter(case=case, entity="", fixed=True, provisional=False).order_by("since_seq")
    due = {row.code: written_day(local(row.due).date()) for row in rows}
    return {row.code.rpartition(".")[2]: due.get(row.code) or Blank(row.limit.words.zh) for row in tables.limits if row.track == 0}


def _law(text: str, day: date) -> str:
    """Articles as the document names them, in the text of its day."""
    try:
        return formal(parse_citation(text), day)
    except NoVersionInForce:
        return Blank(f"{day}有效的条文（{text}）")


def _writer(account: str) -> str:
    found = Account.objects.select_related("person").filter(username=account).first()
    return Blank("制作人") if found is None or found.person is None else found.person.name
