"""日志查询计划 · A page of the security log touches few blocks, whatever is asked for; page after page is every row once."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import Any, Final

import psycopg
import pytest
from django.db import connection

from tests.casework.selectors.test_plans import most
from tests.conftest import size
from tianping.casework.database.embedded import Embedded
from tianping.casework.security.audit import Kind, events

COUNT: Final = size(50_000, 1_000_000)
DAYS: Final = 400
BLOCKS: Final = 600
FIRST: Final = datetime(2025, 6, 1, tzinfo=UTC)
_FILL: Final = """insert into casework_securityevent (at, kind, actor, subject, detail)
select %(first)s + n * %(days)s * interval '1 day' / %(count)s,
  case when n %% 1000 = 0 then 'exported' when n %% 7 = 0 then 'revealed' else 'signed_in' end,
  case when n %% 5000 = 1 then 7 when n %% 3 = 0 then 1 else 2 + n %% 4 end, n, '{}' from generate_series(1, %(count)s) n"""


@pytest.fixture(scope="module")
def log(database: Embedded) -> int:
    """Rows of more than a year, written by the superuser, and counted for the planner."""
    with psycopg.connect(database.superuser_dsn(connection.settings_dict["NAME"]), autocommit=True) as c:
        c.execute(_FILL, {"first": FIRST, "days": DAYS, "count": COUNT})
        c.execute("vacuum (analyze) casework_securityevent")
    return COUNT


ASKED: Final[dict[str, dict[str, Any]]] = {
    "nothing": {},
    "a rare kind": {"kind": Kind.EXPORTED},
    "a kind": {"kind": Kind.SIGNED_IN},
    "a kind that there is not": {"kind": Kind.TOKEN_MADE},
    "somebody busy": {"actor": 1},
    "somebody rare": {"actor": 7},
    "somebody rare, a kind": {"actor": 7, "kind": Kind.EXPORTED},
    "somebody busy, a rare kind": {"actor": 1, "kind": Kind.EXPORTED},
    "nobody": {"actor": 99},
    "the first day": {"day": date(2025, 6, 2)},
    "a day, a kind": {"day": date(2025, 12, 1), "kind": Kind.EXPORTED},
    "a day, nobody": {"day": date(2025, 12, 1), "actor": 99},
    "a day before the log": {"day": date(2020, 1, 1)},
}


@pytest.mark.parametrize("asked", list(ASKED))
def test_a_page_of_the_log_touches_few_blocks(log: int, asked: str) -> None:
    rows = events(before=None, size=51, **ASKED[asked])
    assert most(lambda: events(before=None, size=51, **ASKED[asked])) <= BLOCKS
    if len(rows) == 51:
        assert most(lambda: events(before=rows[-1].pk, size=51, **ASKED[asked])) <= BLOCKS


@pytest.mark.parametrize("asked", ["a rare kind", "somebody rare", "the first day", "a day, a kind"])
def test_page_after_page_is_every_row_once(log: int, asked: str) -> None:
    found: list[int] = []
    while page := events(before=found[-1] if found else None, size=40, **ASKED[asked]):
        found += [row.pk for row in page]
    whole = [row.pk for row in events(before=None, size=1_000_000, **ASKED[asked])]
    assert found == whole
    assert sorted(found, reverse=True) == found


def test_a_row_that_is_not_there_begins_no_page(log: int) -> None:
    assert events(before=10**12, size=10, day=date(2025, 12, 1)) == []
