"""推送行 · The rows behind the funnel follow the ledger: live steps, a replay, a correction; and no list of them touches many blocks."""

from __future__ import annotations

import json
from datetime import date, datetime, timedelta
from typing import Final

import psycopg
import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests.casework.conftest import actor_of
from tests.casework.exchange.stories import MONDAY, body_of, mediated, sent, settled, taken
from tests.conftest import size
from tests.journeys.test_dispute import confirmed
from tianping.casework.access.keys import keys_for
from tianping.casework.database.embedded import Embedded
from tianping.casework.engine.actors import Actor
from tianping.casework.engine.brought import Imported
from tianping.casework.engine.registered import version_on
from tianping.casework.engine.writers import step_take
from tianping.casework.funnel import Counted, Scope, extent, funnel, tally, total
from tianping.casework.funnel_cases import MARKS, Mark, Place, behind
from tianping.casework.models import AccessKey, Case, Event, Organisation, Pushed
from tianping.casework.outbox.dispatch import drain
from tianping.procedure.contracts.matters import MediationRequest

BLOCKS: Final = 2_000
COUNT: Final = size(40_000, 400_000)


@pytest.fixture(scope="module")
def replayed(half_year: Imported) -> None:
    """The city with its half-year, in a database that holds nothing else."""


def by_hand() -> dict[str, int]:
    """The funnel counted again from the standing events, without the rows."""
    voided = set(Event.objects.filter(voids__isnull=False).values_list("case_id", "voids"))
    counts = dict.fromkeys(("pushed", "closed", "settled", "confirmed"), 0)
    for case, seq, step, payload in Event.objects.values_list("case_id", "seq", "step", "payload"):
        if (case, seq) in voided:
            continue
        counts["pushed"] += step == "mediation.send"
        counts["closed"] += step in ("mediation.answer", "mediation.refuse")
        counts["settled"] += step == "mediation.answer" and (payload or {})["facts"]["mediation_outcome"] == "settled"
        counts["confirmed"] += step == "JudicialConfirmation.confirm"
    return counts


def test_a_replay_is_counted_as_its_ledger_tells(replayed: None) -> None:
    counted = total(funnel())
    assert {name: getattr(counted, name) for name in ("pushed", "closed", "settled", "confirmed")} == by_hand()
    assert counted == Counted(1264, 1149, 491, 149)
    assert counted.open + counted.closed == counted.pushed
    assert sum(n for _, n in tally().endings) == counted.closed
    assert {o for o, _ in tally().endings} <= {o.name for o in MediationRequest.outcomes()}


def test_periods_and_scopes_add_up(replayed: None) -> None:
    whole = total(funnel())
    parts = [Scope(date(2021, 7, 1), date(2021, 9, 30)), Scope(date(2021, 10, 1), date(2021, 12, 31))]
    assert sum((total(funnel(p)) for p in parts), Counted()) == whole
    assert total(funnel(Scope(last=date(2021, 6, 30)))) == Counted()
    rows = funnel()
    assert sum((total(funnel(Scope(court=c))) for c in {r.court for r in rows}), Counted()) == whole
    assert sum((total(funnel(Scope(source=s))) for s in {r.source for r in rows}), Counted()) == whole
    assert sum((m.counted for m in tally().months), Counted()) == whole
    first, last = extent() or (None, None)
    assert (first, last) == (date(2021, 7, 5), max(row.on for row in behind("pushed").rows))


@pytest.mark.parametrize("mark", MARKS)
def test_each_figure_is_its_list(replayed: None, mark: Mark) -> None:
    scope, seen = Scope(date(2021, 8, 1), date(2021, 10, 31), source="union"), list[int]()
    after: Place | None = Place()
    while after is not None:
        found = behind(mark, scope, after=Place.read(str(after)))
        seen += [row.case for row in found.rows]
        after = found.after
    assert len(seen) == len(set(seen)) == getattr(total(funnel(scope)), mark)


def test_a_reader_is_shown_what_the_one_source_opens(replayed: None) -> None:
    place = Organisation.objects.get(code="court.yuci")
    own = AccessKey.objects.get(organisation=place, capacity="handle").pk
    judge, stranger = (Actor(name, place.pk, frozenset({"Roles.JUDGE"}), keys) for name, keys in (("a", (own,)), ("b", ())))
    assert {row.court.zh for row in behind("settled", actor=judge).rows} == {place.zh}
    assert behind("settled", actor=stranger).rows == []


def test_live_steps_and_a_correction_move_the_row(court: Organisation) -> None:
    union = body_of("funnel-union")
    first = sent(court, union)
    assert told(first) == (None, "", None, None)
    second = taken(first, union, at=MONDAY + timedelta(hours=1)).case_id
    mediated(second, union, at=MONDAY + timedelta(days=1))
    settled(second, union, at=MONDAY + timedelta(days=10))
    drain(at=MONDAY + timedelta(days=10, minutes=1))
    assert told(first) == (MONDAY + timedelta(days=10), "settled", None, None)
    third = confirmed(second, union, court)
    assert told(first)[3] == third
    ruling = Event.objects.get(case_id=third, step="JudicialConfirmation.confirm")
    step_take(case_id=third, step="", voids=ruling.seq, actor=actor_of(court, "JUDGE"), at=MONDAY + timedelta(days=17))
    assert told(first) == (MONDAY + timedelta(days=10), "settled", None, None)


def told(case: int) -> tuple[datetime | None, str, datetime | None, int | None]:
    """The row of a case's only referral."""
    return Pushed.objects.values_list("closed", "outcome", "confirmed", "confirmation").get(case_id=case)


# ---- plans -------------------------------------------------------------------------------------------------------------------------------

_FILL: Final = """
with made as (
  insert into casework_case (organisation_id, definition_id, stage, lifecycle, level, flags, seq, head, title, facts, source, opened, updated)
  select ({places}::int[])[1 + n * 7 %% 12], {definition}, 'out', 0, case when n %% 50 = 0 then 1 else 0 end, '{{}}', 1, '', '案件' || n, '{{}}',
    ({sources}::text[])[1 + n %% 5], now(), now() from generate_series(1, {count}) n returning id, organisation_id, source
), numbered as (select made.*, row_number() over (order by id) as n from made),
keyed as (insert into casework_visibility (key_id, case_id, level, lifecycle)
  select k.id, m.id, case when m.n %% 50 = 0 then 1 else 0 end, 0 from numbered m
  join casework_accesskey k on k.organisation_id = m.organisation_id and k.capacity = 'handle')
insert into casework_pushed (case_id, entity, organisation_id, source, sent, closed, outcome, confirmed)
select id, 'm1', organisation_id, source, '2021-01-01'::timestamptz + n * interval '10 minutes',
  case when n %% 11 = 0 then null else '2021-02-01'::timestamptz + n * interval '10 minutes' end,
  case when n %% 11 = 0 then '' when n %% 5 < 2 then 'settled' else 'failed' end,
  case when n %% 11 <> 0 and n %% 25 = 1 then '2021-03-01'::timestamptz + n * interval '10 minutes' end from numbered"""
SCOPES: Final = {
    "all": Scope(),
    "a court": Scope(court="crowd-5"),
    "a platform": Scope(source="women"),
    "a court and a platform": Scope(court="crowd-5", source="women"),
    "a month": Scope(date(2021, 3, 1), date(2021, 3, 31)),
    "a court, a platform and a month": Scope(date(2021, 3, 1), date(2021, 3, 31), "crowd-5", "women"),
}


@pytest.fixture(scope="module")
def crowd(database: Embedded) -> Actor:
    """Referrals of twelve courts and five platforms, written by the superuser and counted for the planner; somebody who sees one court."""
    places = [Organisation.objects.create(code=f"crowd-{n}", kind="court", zh=f"人群院{n}", en=f"Crowd {n}").pk for n in range(12)]
    for place in places:
        AccessKey.objects.get_or_create(organisation_id=place, capacity="handle")
    definition, _ = version_on("pre_filing", MONDAY.date())
    sources = "array['grid', 'union', 'women', 'youth', 'commerce']"
    statement = _FILL.format(places=f"array{places}", sources=sources, definition=definition, count=COUNT).replace("%%", "%")
    with psycopg.connect(database.superuser_dsn(connection.settings_dict["NAME"]), autocommit=True) as c:
        c.execute(statement)
        c.execute("vacuum (analyze) casework_pushed, casework_case, casework_visibility, casework_organisation")
    return Actor("leader", places[5], frozenset({"Roles.PRESIDENT"}), keys_for(places[5]))


@pytest.mark.parametrize("mark", MARKS)
@pytest.mark.parametrize("scope", SCOPES)
def test_a_list_behind_a_figure_touches_few_blocks(crowd: Actor, scope: str, mark: Mark) -> None:
    with CaptureQueriesContext(connection) as asked:
        page = behind(mark, SCOPES[scope])
    assert len(asked) <= 4
    statement = next(q["sql"] for q in asked if "casework_pushed" in q["sql"])
    with connection.cursor() as cursor:
        cursor.execute("explain (analyze, buffers, format json) " + statement)
        found = cursor.fetchone()[0]
    top = (json.loads(found) if isinstance(found, str) else found)[0]["Plan"]
    blocks = top["Shared Hit Blocks"] + top["Shared Read Blocks"]
    assert blocks <= BLOCKS, (blocks, len(page.rows))


def test_the_crowd_has_sealed_cases_in_no_list(crowd: Actor) -> None:
    sealed = set(Case.objects.filter(level=1).values_list("id", flat=True))
    assert sealed
    assert not sealed & {row.case for row in behind("pushed").rows}
    assert not sealed & {row.case for row in behind("pushed", actor=crowd).rows}
