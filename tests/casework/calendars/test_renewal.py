"""升级后重算 · Clocks that an older program left wrong: shown, written, found no more; cut off between two pieces, the rest is done the next time."""

from __future__ import annotations

import json
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from django.db import connection, transaction

from tests.casework.calendars.test_notice import AT, STATUTE, judge, opened, stood
from tests.portal.administration.conftest import administrator
from tests.portal.conftest import organisation
from tests.project.test_import_command import Call, call, var
from tianping.casework.calendars.errors import NoSuchTrial
from tianping.casework.calendars.packaged import Outdated, law_kept_for_new, law_mark, law_outdated
from tianping.casework.calendars.reading import renewal_of, renewals, renewed
from tianping.casework.calendars.renewal import Looked, clocks_compared, clocks_renew
from tianping.casework.database.embedded import Embedded
from tianping.casework.engine.again import reckoned_again
from tianping.casework.engine.writers import step_take
from tianping.casework.models import Case, Clock, Event, Organisation, Renewal, RenewedClock, SecurityEvent
from tianping.casework.moments import local
from tianping.casework.security.administration import By
from tianping.casework.security.errors import NotThisAdministrator
from tianping.project.cli import app_for

assert call
assert var
WRONG = date(2027, 2, 10)
"""The last day that the older program had reckoned: a day too early."""
LATER = AT + timedelta(days=3)


@pytest.fixture(scope="module")
def court(database: object) -> Organisation:
    return organisation()


@pytest.fixture(scope="module")
def cases(court: Organisation) -> list[int]:
    """Three open cases, one of them sealed, and one that is closed."""
    made = [opened(court, AT + timedelta(minutes=n), level=int(n == 1)) for n in range(4)]
    then, facts = AT + timedelta(hours=1), {"qualifies": True}
    step_take(case_id=made[3], step="PreFiling.file", actor=judge(court), at=then, facts=facts, role="Roles.FILING_JUDGE")
    return made


def left_wrong(cases: list[int]) -> None:
    """The rows as an older program, whose law was another, left them: of the last day, and of the case in the lists."""
    wrong = datetime(2027, 2, 9, 16, tzinfo=UTC)
    with connection.cursor() as cursor:
        cursor.execute("update casework_clock set due = %s, provisional = false where case_id = any(%s)", [wrong, cases])
        for table, key in (("case", "id"), ("visibility", "case_id")):
            cursor.execute(f"update casework_{table} set due = %s where {key} = any(%s)", [wrong, cases])


def rows() -> list[tuple[Any, ...]]:
    """Every row that a renewal could write."""
    with connection.cursor() as cursor:
        cursor.execute("select k.*::text from casework_clock k union all select c.*::text from casework_case c order by 1")
        return list(cursor.fetchall())


def renew(told: Callable[[float], None] = lambda _: None, size: int = 2) -> Looked:
    return clocks_renew(at=LATER, release="9.9", most=10, told=told, size=size)


def test_a_database_without_cases_begins_under_the_law_at_hand(court: Organisation) -> None:
    assert law_outdated() is None
    with transaction.atomic():
        for _ in range(2):
            law_kept_for_new(at=AT, release="9.8")
        kept = Renewal.objects.get()
        assert (kept.law, kept.total, kept.ended, law_outdated()) == (law_mark(), 0, AT, None)
        transaction.set_rollback(True)


def test_what_an_older_program_left_is_shown_and_nothing_is_written(cases: list[int], call: Call) -> None:
    assert clocks_compared(most=10, told=lambda _: None).differing == 0
    left_wrong(cases)
    before, events = rows(), Event.objects.count()
    told = call("clocks", "renew", "--json", "--most", "2")
    assert told.returncode == 1, told.stderr
    found = json.loads(told.stdout)
    assert {k: found[k] for k in ("cases", "differing", "clocks", "written")} == {"cases": 3, "differing": 3, "clocks": 3, "written": False}
    assert {one["cites"] for one in found["listed"]} == {"CPL23 126; REG15 8"}, "the article is told"
    assert [(one["case"], one["before"]["due"], one["after"]["due"]) for one in found["listed"]] == [
        (cases[0], WRONG.isoformat(), STATUTE.isoformat()), (None, WRONG.isoformat(), STATUTE.isoformat())
    ], "of a sealed case not even the row is told"  # fmt: skip
    assert (rows(), Event.objects.count(), Renewal.objects.count()) == (before, events, 0)


def test_cut_off_between_two_pieces_the_rest_is_written_the_next_time(cases: list[int]) -> None:
    """The first piece stands with its record; the second is as it was; who begins again writes that alone."""
    events, closed = Event.objects.count(), stood(cases[3])

    def cut(_part: float) -> None:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        renew(cut)
    first = Renewal.objects.get()
    assert (first.looked, first.moved, first.ended, first.clocks.count()) == (2, 2, None, 2)
    assert [stood(case)[0] for case in cases[:3]] == [STATUTE, STATUTE, WRONG]
    shown: list[float] = []
    done = renew(shown.append)
    assert (done.cases, done.differing, done.clocks, shown) == (3, 1, 1, [2 / 3, 1.0])
    for case in cases[:3]:
        assert stood(case) == (STATUTE, True, STATUTE, {STATUTE})
    assert stood(cases[3]) == closed, "a closed case is not touched"
    assert Event.objects.count() == events, "a clock is no act"
    moved = [(c.case_id, c.was_provisional, c.now_provisional) for c in RenewedClock.objects.order_by("pk")]
    assert moved == [(case, False, True) for case in cases[:3]]
    noted = list(SecurityEvent.objects.filter(kind="clocks_renewed").order_by("pk"))
    assert [(n.actor, n.subject, n.detail["cases"], n.detail["clocks"]) for n in noted] == [(None, first.pk, 2, 2), (None, done.renewal, 1, 1)]


def test_a_second_run_finds_nothing(
    cases: list[int], database: Embedded, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    before, words = rows(), ["clocks", "renew", "--write", "--lang", "zh"]
    monkeypatch.setenv("DATABASE_URL", database.app_dsn(str(connection.settings_dict["NAME"])))
    assert not app_for(words)(words, standalone_mode=False)
    assert capsys.readouterr().out == "查看在办案件 3 件，重算 0 件，改写期限 0 个\n"
    assert rows() == before
    last = Renewal.objects.latest("pk")
    assert (last.looked, last.moved, last.ended is None) == (3, 0, False)
    assert SecurityEvent.objects.filter(kind="clocks_renewed").count() == 2


def test_clocks_that_are_gone_or_new_are_written_too(cases: list[int]) -> None:
    """An older program had a limit that the law has not, and lacked one; or only the last day of the case itself differs."""
    with connection.cursor() as cursor:
        cursor.execute("update casework_clock set code = 'PreFiling.older' where case_id = %s", [cases[0]])
        cursor.execute("update casework_case set due = null where id = %s", [cases[2]])
    done = renew()
    assert (done.differing, done.clocks) == (2, 2)
    assert [(one.before is None, one.after is None) for one in done.listed] == [(True, False), (False, True)]
    assert [Clock.objects.get(case_id=case).due for case in cases[:2]] == [Clock.objects.get(case_id=cases[2]).due] * 2
    assert Case.objects.get(pk=cases[2]).due is not None
    assert renew().differing == 0


def test_an_administrator_reads_what_was_written(cases: list[int]) -> None:
    seat = administrator("system")
    by = By(seat.account, LATER)
    cut = renewals(by, size=10)[-1]
    page, none = renewed(by, cut.pk, after=0, size=10)
    assert ([(m.case, m.was, m.now) for m in page], none) == ([(cases[0], WRONG, STATUTE), (None, WRONG, STATUTE)], 0)
    told = seat.get(f"/administration/calendar/renewals/{cut.pk}")
    assert "没有做完" in told
    assert "张三" not in told
    assert f"/administration/calendar/renewals/{cut.pk}" in seat.get("/administration/calendar")
    seat.get("/administration/calendar/renewals/999999", 404)
    other = By(administrator("audit").account, LATER)
    for act in (lambda: renewals(other, size=1), lambda: renewal_of(other, cut.pk), lambda: renewed(other, cut.pk, after=0, size=1)):
        with pytest.raises(NotThisAdministrator):
            act()
    with pytest.raises(NoSuchTrial):
        renewal_of(by, 999_999)


def test_under_which_law_the_limits_were_reckoned_is_kept(cases: list[int], database: Embedded, monkeypatch: pytest.MonkeyPatch) -> None:
    """The last renewal to the end was under this law; had it been another, starting says so and does nothing."""
    last = Renewal.objects.filter(ended__isnull=False).latest("pk")
    assert (last.law, last.before, law_outdated()) == (law_mark(), "9.9", None)
    rows_before = rows()
    Renewal.objects.filter(pk=last.pk).update(law="0" * 64)
    assert law_outdated() == Outdated(last.ended)
    clocks_renew(at=LATER, release="10", reason="2027 年日历更正", most=0, told=lambda _: None)
    now = Renewal.objects.latest("pk")
    assert (now.before, now.law, now.reason, law_outdated(), rows()) == ("9.9", law_mark(), "2027 年日历更正", None, rows_before)
    assert "2027 年日历更正" in administrator("system").get(f"/administration/calendar/renewals/{now.pk}")
    Renewal.objects.update(ended=None)
    assert law_outdated() == Outdated(None)


def test_a_step_that_is_taken_meanwhile_waits(cases: list[int], court: Organisation) -> None:
    """It is decided once the clocks are written, and reads what was written."""
    case, facts = cases[2], {"qualifies": True}
    left_wrong([case])

    def step() -> None:
        try:
            step_take(case_id=case, step="PreFiling.file", actor=judge(court), at=LATER, facts=facts, role="Roles.FILING_JUDGE")
        finally:
            connection.close()

    with ThreadPoolExecutor(1) as pool:
        with transaction.atomic():
            reckoned_again([case])
            taken = pool.submit(step)
            waits(taken.done)
            assert not taken.done()
        taken.result(20)
    clock = Clock.objects.get(case_id=case, code="PreFiling.to_decide")
    assert (clock.status, local(clock.due).date()) == ("met", STATUTE)


def waits(done: Callable[[], bool]) -> None:
    """Until somebody waits for a lock; who is done did not wait."""
    until = time.monotonic() + 10
    while not done() and time.monotonic() < until:
        with connection.cursor() as cursor:
            cursor.execute("select exists (select from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock')")
            if cursor.fetchone() == (True,):
                return
        time.sleep(0.01)
