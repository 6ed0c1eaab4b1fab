"""提醒与核对一致 · Random cases of many procedures move while the scan looks at random instants: told is exactly what the oracle says, once each."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime, timedelta
from random import Random
from uuid import uuid4

from tests.casework.alarms.oracle import Oracle, keys
from tests.casework.conftest import actor_of
from tests.casework.test_importing import lawful
from tests.conftest import size
from tianping.casework.alarms.notices import notices_acknowledge
from tianping.casework.alarms.scan import scan
from tianping.casework.engine.actors import Actor
from tianping.casework.engine.importing import ImportedCase, ImportedStep, steps_import
from tianping.casework.engine.registered import folders
from tianping.casework.engine.writers import step_take
from tianping.casework.models import AlarmRule, Case, Notice, Organisation, Person, Post, PostRole
from tianping.casework.moments import instant
from tianping.law.errors import TianpingError
from tianping.procedure.events import Event as Act
from tianping.procedure.tables import compiled

PROCEDURES = ("first_instance_civil", "judicial_confirmation", "online_mediation", "centre_visit", "criminal_case", "case_property", "pre_filing")
ROLES = ("Roles.PRESIDENT", "Roles.DEPARTMENT_HEAD", "Roles.CHIEF", "Roles.JUDGE")


class City:
    """A small city with rules and posts of its own, and cases in it that move."""

    def __init__(self, seed: int) -> None:
        self.random = Random(seed)
        root = self._organisation(None)
        self.places = [root, *(self._organisation(root) for _ in range(3))]
        self.posts = [self._post(place) for place in self.places for _ in range(2)]
        for place in self.places[:2]:
            self._rule(place)
        self.live: dict[str, int] = {}

    def _organisation(self, parent: Organisation | None) -> Organisation:
        row = Organisation.objects.create(code=f"alarm-{uuid4().hex[:10]}", kind="test", zh="机构", en="Place", court_code="", parent=parent)
        row.path = f"{'/' if parent is None else parent.path}{row.pk}/"
        row.court_code = f"警{row.pk}"
        row.save()
        return row

    def _post(self, place: Organisation) -> Post:
        until = self.random.choice((None, date(2024, 3, 1)))
        post = Post.objects.create(
            person=Person.objects.create(name="某"), organisation=place, zh="岗", en="post", valid_from=date(2020, 1, 1), valid_to=until
        )
        PostRole.objects.create(post=post, role=self.random.choice(ROLES), valid_from=date(2020, 1, 1))
        return post

    def _rule(self, place: Organisation) -> None:
        for kind in ("warning", "alarm"):
            for level in self.random.sample((1, 2, 3), 2):
                AlarmRule.objects.create(
                    organisation=place, kind=kind, level=level, timed=self.random.random() < 0.5, off=self.random.random() < 0.2,
                    shift=timedelta(hours=self.random.randrange(0, 100)), repeat=self.random.choice((None, timedelta(hours=7), timedelta(days=2))),
                    roles=self.random.sample(ROLES, 2),
                )  # fmt: skip

    def steps(self, count: int) -> Iterator[tuple[datetime, str, str, Organisation, Act | None, list[Act]]]:
        """(instant, case, procedure, place, act, its whole log) of random lawful cases."""
        for code in PROCEDURES:
            for n, log in enumerate(lawful(code, self.random.randrange(10**6), count)):
                place = self.random.choice(self.places)
                for act in log:
                    yield instant(act.happened), f"{code}-{n}", code, place, act, log

    def open(self, name: str, code: str, place: Organisation, act: Act) -> None:
        """The first step of a case, which may have a holder and a lead."""
        keys_of = actor_of(place).keys
        case = ImportedCase(name, code, place.pk, name, [_step(code, act)], keys_of)
        self.live[name] = steps_import(cases=[case], recorder="test", at=instant(act.happened), recorded="happened").cases[name]
        posts = [p.pk for p in self.posts if p.organisation_id == place.pk]
        chosen = {"holder_id": self.random.choice([None, posts[0]]), "lead_id": self.random.choice([None, posts[1]])}
        Case.objects.filter(pk=self.live[name]).update(**chosen)

    def move(self, name: str, code: str, place: Organisation, act: Act) -> None:
        """A later step; a case in which the exchange or the system was quicker stays where it is."""
        step, first = _step(code, act), act.signers[0]
        actor = Actor(first.actor, place.pk, frozenset({first.role}), actor_of(place).keys)
        given = {"entity": act.entity, "facts": act.facts, "role": first.role, "co_signers": act.signers[1:]}
        step_take(case_id=self.live[name], step=step.step, actor=actor, at=instant(act.happened), **given)  # type: ignore[arg-type]


def _step(code: str, act: Act) -> ImportedStep:
    return ImportedStep(compiled(folders()[code].current).steps[act.step].step.code, act.happened, act.signers, act.entity, act.facts)


def test_told_is_what_the_oracle_says_and_once(database: object) -> None:
    kinds: set[tuple[str, int]] = set()
    for seed in range(size(2, 30)):
        kinds |= played(seed)
    assert kinds >= {("warning", 1), ("warning", 2), ("alarm", 1), ("alarm", 2), ("alarm", 3)}


def played(seed: int) -> set[tuple[str, int]]:
    """One city under the scan's eyes; which kinds and levels were told."""
    city = City(seed)
    oracle = Oracle([p.pk for p in city.places])
    acts = sorted(city.steps(size(2, 12)), key=lambda row: row[0])
    looks = sorted(
        city.random.choice(acts)[0] + timedelta(days=city.random.choice((0.02, 1, 8, 40))) * city.random.random() for _ in range(size(24, 90))
    )
    for at in looks:
        while acts and acts[0][0] <= at:
            _, name, code, place, act, log = acts.pop(0)
            assert act is not None
            try:
                (city.move if name in city.live else city.open)(name, code, place, act) if name in city.live or act is log[0] else None
            except TianpingError:
                acts = [row for row in acts if row[1] != name]
        scan(at=at)
        if city.random.random() < 0.3:
            scan(at=at)
        oracle.look(at)
        mine = Notice.objects.filter(organisation_id__in=oracle.organisations)
        assert keys(mine) == oracle.told
        _acknowledged(city, oracle, at)
    return {k[5:7] for k in oracle.told}


def _acknowledged(city: City, oracle: Oracle, at: datetime) -> None:
    """Somebody sees some of what was told."""
    rows = list(Notice.objects.filter(organisation_id__in=oracle.organisations, seen=None).order_by("pk"))
    for row in city.random.sample(rows, min(2, len(rows))):
        reader = Actor("reader", row.organisation_id, frozenset(row.roles), (), post=row.post_id)
        assert notices_acknowledge(actor=reader, notices=[row.pk], at=at) == 1
        oracle.seen |= set(keys([row]))
