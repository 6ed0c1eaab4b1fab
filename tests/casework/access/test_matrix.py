"""权限矩阵 · Every role × every step of every procedure × every relation to the case: what the engine does is what the hand-written table says."""

from __future__ import annotations

from collections import Counter
from datetime import date, datetime, time, timedelta
from itertools import product
from random import Random
from typing import Final

import pytest
from django.db import transaction

from tests.casework.access.people import FIRST, institution
from tests.casework.access.relations import RELATIONS, acts, sees
from tests.conftest import PROOF, size
from tianping.casework.access.acting import actor_for
from tianping.casework.access.keys import keys_for
from tianping.casework.access.probe import seen
from tianping.casework.engine.actors import Actor
from tianping.casework.engine.importing import ImportedCase, ImportedParty, ImportedStep, steps_import
from tianping.casework.engine.registered import folders
from tianping.casework.engine.writers import step_take
from tianping.casework.errors import NoSuchCase, Refusal
from tianping.casework.models import AccessKey, Account, Case, Person, Post, PostRole, Recusal, Visibility
from tianping.casework.selectors.detail import case_detail
from tianping.casework.selectors.lists import case_list
from tianping.casework.selectors.search import Found, case_search
from tianping.engines.generate import Faults, Generator
from tianping.law.calendar import calendar
from tianping.procedure.contracts.roles import Roles
from tianping.procedure.events import effective
from tianping.procedure.examples import read_examples
from tianping.procedure.roles import Role, Signer
from tianping.procedure.rules import REFUSED
from tianping.procedure.supervision import supervise_case
from tianping.procedure.tables import StepRow, Tables, compiled

AT: Final = datetime.fromisoformat("2031-03-03T10:00:00+08:00")
TODAY: Final = AT.date()
YESTERDAY: Final = TODAY - timedelta(days=1)
LAWFUL: Final = Faults(illegal=0, unsigned=0, unanswered=0, voided=0, late_entry=0, merged=0)
ROLES: Final = sorted({r.code for r in vars(Roles).values() if isinstance(r, Role)} | {"EXCHANGE"})
CELLS: Final = size(5_000, 10**9)


def moment_of(said: date | datetime | str) -> datetime:
    """The moment of a worked case's event: as written, or nine o'clock of its day."""
    if isinstance(said, str):
        return datetime.fromisoformat(said)
    return said if isinstance(said, datetime) else datetime.combine(said, time(9))


class World:
    """The institutions, one person for each relation and role, and of each procedure an ordinary case, a sealed one and a closed one."""

    def __init__(self) -> None:
        self.province = institution()
        self.city = institution(self.province)
        self.court, self.sibling = institution(self.city), institution(self.city)
        self.other, self.receiver, self.answered = institution(), institution(kind="body"), institution(kind="body")
        self.shut = institution(self.city, valid_to=YESTERDAY)
        self.actors = self._people()
        self.cases: dict[tuple[str, str], int] = {}
        self.tables: dict[str, Tables] = {}
        for code in sorted(folders()):
            self._cases(code)

    def of(self, code: str, relation: str) -> int:
        """The case of a procedure that stands in a relation."""
        kind = {"sealed": "sealed", "sealed, cleared": "sealed", "closed case": "closed", "recused": "recused"}.get(relation, "plain")
        return self.cases[code, kind]

    # ---- people ----------------------------------------------------------------------------------------------------------------

    def _people(self) -> dict[tuple[str, str], Actor]:
        names = list(product(RELATIONS, ROLES))
        persons = Person.objects.bulk_create([Person(name=f"{r} {role}") for r, role in names])
        accounts = Account.objects.bulk_create([self._account(n, r, p) for n, ((r, _), p) in enumerate(zip(names, persons, strict=True))])
        acted = Post.objects.bulk_create([Post(person=p, organisation=self.court, zh="原岗", en="Post", valid_from=FIRST) for p in persons])
        posts = Post.objects.bulk_create([self._post(r, p, a) for (r, _), p, a in zip(names, persons, acted, strict=True)])
        Post.objects.filter(pk__in=[a.pk for a in acted]).update(person=Person.objects.create(name="原任"))
        roles = [self._role(r, role, post, a) for (r, role), post, a in zip(names, posts, acted, strict=True)]
        PostRole.objects.bulk_create(roles)
        return {name: actor_for(account, at=AT) for name, account in zip(names, accounts, strict=True)}

    def _account(self, n: int, relation: str, person: Person) -> Account:
        kind = ("system", "security", "audit")[n % 3] if relation == "administrator" else ""
        return Account(username=f"m{person.pk}", person=person, administrator=kind, is_active=relation != "disabled account")

    def _post(self, relation: str, person: Person, acted: Post) -> Post:
        where = {
            "other unit": self.sibling, "other institution, same case by referral": self.receiver, "other institution": self.other,
            "other institution, referral answered": self.answered, "institution above": self.city, "institution above that one": self.province,
            "closed institution": self.shut,
        }.get(relation, self.court)  # fmt: skip
        last = {"expired post": YESTERDAY, "expired deputy": YESTERDAY}.get(relation)
        first = TODAY + timedelta(days=1) if relation == "future post" else FIRST
        deputy = acted if "deputy" in relation else None
        clearance = int(relation == "sealed, cleared")
        fixed = {"person": person, "organisation": where, "zh": "岗位", "en": "Post", "clearance": clearance, "acting_for": deputy}
        return Post(valid_from=first, valid_to=last, **fixed)

    def _role(self, relation: str, role: str, post: Post, acted: Post) -> PostRole:
        holder = acted if "deputy" in relation else post
        return PostRole(post=holder, role=role, valid_from=FIRST, valid_to=YESTERDAY if relation == "expired role" else None)

    # ---- cases -----------------------------------------------------------------------------------------------------------------

    def _cases(self, code: str) -> None:
        self.tables[code] = compiled(folders()[code].current)
        logs = dict(self._logs(code))
        brought = [self._case(code, kind, logs) for kind in ("plain", "sealed", "recused", "closed")]
        done = steps_import(cases=brought, recorder="import", at=AT)
        for kind in ("plain", "sealed", "recused", "closed"):
            self.cases[code, kind] = done.cases[f"{code}-{kind}"]
        Case.objects.filter(pk=self.cases[code, "sealed"]).update(level=1)
        Visibility.objects.filter(case_id=self.cases[code, "sealed"]).update(level=1)
        people = [actor.person for (relation, _), actor in self.actors.items() if relation == "recused" and actor.person is not None]
        Recusal.objects.bulk_create([Recusal(person_id=p, case_id=self.cases[code, "recused"], ground="亲属", since=AT) for p in people])
        refer = AccessKey.objects.get(organisation=self.receiver, capacity="refer")
        Visibility.objects.create(case_id=self.cases[code, "plain"], key=refer, level=0, lifecycle=0)

    def _case(self, code: str, kind: str, logs: dict[str, list[ImportedStep]]) -> ImportedCase:
        steps = logs["closed" if kind == "closed" else "plain"]
        party = (ImportedParty("张三丰", "Roles.APPLICANT", "person", "140799198001010015", "00012345678"),)
        return ImportedCase(f"{code}-{kind}", code, self.court.pk, f"{code} 矩阵案件", steps, keys_for(self.court.pk), parties=party)

    def _logs(self, code: str) -> list[tuple[str, list[ImportedStep]]]:
        """The beginning of a lawful case; and one that has ended, where the generator finds one."""
        tables = self.tables[code]
        first: list[ImportedStep] = []
        ended: list[ImportedStep] = []
        generator = Generator(tables, 5, start=max(folders()[code].current.valid_from, date(2024, 1, 1)), faults=LAWFUL)
        for log in generator.cases(25).values():
            judged = supervise_case(tables, effective(log), log[-1].happened, calendar())
            cut = log[: min((f.seq for f in judged.findings if f.rule.kind in REFUSED), default=len(log))]
            steps = [ImportedStep(tables.steps[e.step].step.code, e.happened, e.signers, e.entity, e.facts) for e in cut]
            ends = [n for n, e in enumerate(cut) if e.track == 0 and tables.tracks[0].ends >> max(tables.steps[e.step].target, 0) & 1]
            first = first or steps[:2]
            ended = ended or (steps if ends else [])
        first = first or self._worked(code)
        return [("plain", first[:2]), ("closed", ended or first)]

    def _worked(self, code: str) -> list[ImportedStep]:
        """The first worked case of a procedure whose cases the generator does not hit upon."""
        files = sorted((folders()[code].path / "examples").glob("*.yaml"))
        rows = read_examples(files[0])[0].data["events"]
        out = []
        for row in rows:
            signers = tuple(Signer(name, f"Roles.{role}") for name, role in (who.split(" ") for who in row["by"]))
            out.append(ImportedStep(row["do"], moment_of(row["at"]), signers, str(row.get("entity", "")), row.get("facts", {})))
        return out


@pytest.fixture(scope="module")
def world(database: object) -> World:
    return World()


Cell = tuple[str, StepRow, str, str]


def cells(world: World) -> list[Cell]:
    """Every cell; at the bar a sample in which every step, every role and every relation stands, a third of it in roles that the step names."""
    every = [(code, row, role, r) for code, t in world.tables.items() for row in t.steps for role, r in product(ROLES, RELATIONS)]
    Random(1).shuffle(every)
    named = [cell for cell in every if cell[2] in {r.code for s in cell[1].step.by.sets() for r in s}]
    return list(dict.fromkeys([*named[: CELLS // 3], *every]))[:CELLS]


def done(world: World, code: str, row: StepRow, role: str, relation: str) -> str:
    """What the engine does; nothing of it stays."""
    actor = world.actors[relation, role]
    entity = "x-1" if world.tables[code].tracks[row.track].many else ""
    try:
        with transaction.atomic():
            step_take(case_id=world.of(code, relation), step=row.step.code, actor=actor, at=AT, entity=entity)
            transaction.set_rollback(True)
    except NoSuchCase:
        return "hidden"
    except Refusal as refusal:
        return "refused" if f"{row.step.code}.by" in [r.rule for r in refusal.reasons] else "allowed"
    return "allowed"


def test_what_may_be_done_is_what_the_table_says(world: World) -> None:
    wrong, count = [], Counter[str]()
    tried = cells(world)
    for code, row, role, relation in tried:
        expected = acts(relation, role, row.step.by)
        found = done(world, code, row, role, relation)
        count[found] += 1
        if found != expected:
            wrong.append((row.step.code, role, relation, found, expected))
    assert not wrong[:20]
    assert len(tried) >= min(CELLS, 5_000)
    assert {r for *_, r in tried} == set(RELATIONS)
    assert {role for _, _, role, _ in tried} == set(ROLES)
    every = {(c, row.no) for c, t in world.tables.items() for row in t.steps}
    missed = every - {(c, row.no) for c, row, _, _ in tried}
    assert len(missed) <= (0 if PROOF else len(every) // 20)  # a sample of cells may miss a few of a thousand steps
    assert all(count[verdict] > min(len(tried), 5_000) // 100 for verdict in ("hidden", "refused", "allowed")), count


def test_what_is_seen_is_what_the_table_says(world: World) -> None:
    codes = sorted(world.tables)
    for n, (relation, role) in enumerate(product(RELATIONS, ROLES)):
        code = codes[n % len(codes)]
        case, actor, expected = world.of(code, relation), world.actors[relation, role], sees(relation, role)
        lists = [case in _listed(actor), case in seen(actor, [case]), case in {r.id for r in _searched(actor, code)}]
        shown = _detail(actor, case)
        if expected == "nothing":
            assert (shown, lists) == ("", [False, False, False]), (relation, role)
            continue
        assert lists[:2] == [True, True], (relation, role)
        assert lists[2], (relation, role)
        assert ("140799" in shown, "张三丰" in shown) == (False, False), (relation, role)
        assert ("parties=()" in shown) == (expected == "part"), (relation, role)


def _listed(actor: Actor) -> set[int]:
    """Every page of the actor's list."""
    page = case_list(actor, at=AT, size=200)
    found = {r.id for r in page.rows}
    while page.after:
        page = case_list(actor, at=AT, size=200, after=page.after)
        found |= {r.id for r in page.rows}
    return found


def _detail(actor: Actor, case: int) -> str:
    try:
        return repr(case_detail(actor, case, AT))
    except NoSuchCase:
        return ""


def _searched(actor: Actor, code: str) -> list[Found]:
    return list(case_search(actor, f"{code} 矩阵", at=AT, size=200).rows)
