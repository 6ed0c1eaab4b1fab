"""查询计划 · What a page touches is bounded, whoever asks and wherever their cases lie: blocks counted by the server, not milliseconds."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

import psycopg
import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests.casework.access.people import MONDAY, institution
from tests.conftest import size
from tianping.casework.database.embedded import Embedded
from tianping.casework.engine.actors import Actor
from tianping.casework.engine.registered import version_on
from tianping.casework.models import AccessKey
from tianping.casework.selectors.lists import Order, case_list
from tianping.casework.selectors.search import case_search

COUNT: Final = size(20_000, 400_000)
TRIBUNALS: Final = 20
BLOCKS: Final = 2_000
_FILL: Final = """
with made as (
  insert into casework_case (organisation_id, definition_id, stage, lifecycle, level, flags, seq, head, title, facts, due, source, opened, updated)
  select {place}, {definition}, case when n %% 50 = 0 then 'filed' else 'received' end, case when n %% 7 = 0 then 0 else 2 end,
    case when n > {count} / 2 and n %% {many} = 1 then 1 else 0 end, '{{}}', 1, '', '案件' || n, '{{}}',
    case when n %% 3 = 0 then null else '2026-01-01'::timestamptz + (n * 37 %% 500) * interval '1 hour' end, '', now(), now()
  from generate_series(1, {count}) n returning id, level, lifecycle, due, title
), numbered as (select made.*, row_number() over (order by id) as n from made), opened as (
  select ({keys}::bigint[])[case when n <= {count} / {many} then 1 else 2 + n %% ({many} - 1) end] as key, numbered.* from numbered
  union all select {above}, numbered.* from numbered
), seen as (insert into casework_visibility (key_id, case_id, level, lifecycle, due) select key, id, level, lifecycle, due from opened)
insert into casework_searchrow (case_id, title, masked, tsv)
select id, title, title, array_to_tsvector(array_agg(distinct 'k:' || key) || array['案件', '件' || left(n::text, 1)])
from opened group by id, title, n"""


@dataclass(frozen=True, slots=True)
class Crowd:
    """Keys: the first opens the oldest cases and no others, the second those that are sealed of late, the last all."""

    keys: tuple[int, ...]
    above: int


@pytest.fixture(scope="module")
def crowd(database: Embedded) -> Crowd:
    """Cases of many tribunals, written by the superuser in one statement, and counted for the planner."""
    places = [institution() for _ in range(TRIBUNALS)]
    keys = tuple(AccessKey.objects.get(organisation=p, capacity="handle").pk for p in places)
    above = AccessKey.objects.get(organisation=institution(), capacity="supervise").pk
    definition, _ = version_on("pre_filing", MONDAY.date())
    named = {"place": places[0].pk, "definition": definition, "count": COUNT, "many": TRIBUNALS, "above": above}
    with psycopg.connect(database.superuser_dsn(connection.settings_dict["NAME"]), autocommit=True) as c:
        c.execute(_FILL.format(keys=f"array[{', '.join(map(str, keys))}]", **named).replace("%%", "%"))
        c.execute("vacuum (analyze) casework_visibility, casework_case, casework_searchrow, casework_accesskey")
    return Crowd(keys, above)


USERS: Final[dict[str, Callable[[Crowd], tuple[tuple[int, ...], int]]]] = {
    "a clerk": lambda c: (c.keys[4:5], 0),
    "a clerk with five keys": lambda c: (c.keys[4:9], 0),
    "a clerk whose cases are the oldest": lambda c: (c.keys[:1], 0),
    "a clerk whose newest cases are sealed": lambda c: (c.keys[1:2], 0),
    "a clerk who is cleared": lambda c: (c.keys[1:2], 1),
    "an institution above": lambda c: ((c.above,), 0),
    "a supervisor with every key": lambda c: ((*c.keys, c.above), 0),
}


@pytest.mark.parametrize("order", ["opened", "due"])
@pytest.mark.parametrize("user", list(USERS))
def test_a_page_touches_few_blocks(crowd: Crowd, user: str, order: Order) -> None:
    keys, clearance = USERS[user](crowd)
    actor = Actor("a", 0, frozenset({"Roles.CLERK"}), keys, clearance=clearance)
    first = case_list(actor, at=MONDAY, order=order)
    assert len(first.rows) == 50
    assert first.after
    assert most(lambda: case_list(actor, at=MONDAY, order=order)) <= BLOCKS
    assert most(lambda: case_list(actor, at=MONDAY, order=order, after=first.after)) <= BLOCKS
    assert most(lambda: case_list(actor, at=MONDAY, order=order, stage="filed", procedure="pre_filing")) <= BLOCKS
    assert most(lambda: case_list(actor, at=MONDAY, order=order, stage="nowhere")) <= BLOCKS


def test_a_filter_that_nothing_fits_asks_so_often_and_no_more(crowd: Crowd) -> None:
    actor = Actor("a", 0, frozenset({"Roles.CLERK"}), (crowd.above,), clearance=1)
    with CaptureQueriesContext(connection) as asked:
        page = case_list(actor, at=MONDAY, stage="nowhere")
    assert (page.rows, len(asked)) == ((), 5)
    assert page.after


def test_a_search_asks_thrice_at_most(crowd: Crowd) -> None:
    actor = Actor("a", 0, frozenset({"Roles.CLERK"}), crowd.keys[:1])
    for word in ("案件", "案件1", "件", "没有"):
        with CaptureQueriesContext(connection) as asked:
            case_search(actor, word, at=MONDAY)
        assert len(asked) <= 3, "the newest, which keys handle, the index"


def most(work: Callable[[], object]) -> int:
    """The most blocks that one of the statements touches."""
    with CaptureQueriesContext(connection) as asked:
        work()
    assert asked.captured_queries
    touched = 0
    for query in asked.captured_queries:
        with connection.cursor() as cursor:
            cursor.execute("explain (analyze, buffers, format json) " + query["sql"].replace("%", "%%"))
            found = cursor.fetchone()[0]
        plan = (json.loads(found) if isinstance(found, str) else found)[0]["Plan"]
        touched = max(touched, plan["Shared Hit Blocks"] + plan["Shared Read Blocks"])
    return touched
