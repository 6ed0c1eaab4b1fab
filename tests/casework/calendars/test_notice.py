"""装入放假通知 · A notice is tried out, loaded, and holds at once: new clocks, old clocks, what is explained, what the ledger's supervision finds."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import psycopg
import pytest
from django.db import connection
from django.db.utils import DatabaseError

from tests.notice import NOTICE
from tests.portal.administration.conftest import administrator
from tests.portal.conftest import organisation
from tianping.casework.access.keys import keys_for
from tianping.casework.bridge.log import ledger_logs
from tianping.casework.calendars.errors import AlreadyLoaded, CalendarMoved, NoSuchTrial, NotTriedOut, YearOutOfTurn
from tianping.casework.calendars.reading import moved, notices, years
from tianping.casework.calendars.services import Notice, carried_on, notice_load, trial_begin
from tianping.casework.engine.actors import Actor
from tianping.casework.engine.days import by_mark, in_use
from tianping.casework.engine.writers import NewCase, case_open, step_take
from tianping.casework.models import CalendarNotice, Case, Clock, Event, Organisation, Reckoning, SecurityEvent, Visibility
from tianping.casework.moments import local
from tianping.casework.security.administration import By
from tianping.casework.security.errors import NotThisAdministrator
from tianping.casework.selectors.clocks import clocks_explained
from tianping.engines.supervise.run import supervise
from tianping.law.calendar import calendar
from tianping.law.calendar_notice import BadNotice, read_notice, table_of

AT = datetime(2027, 2, 1, 1, tzinfo=UTC)
STATUTE, NOTICED = date(2027, 2, 11), date(2027, 2, 12)
"""Seven days from the first of February: by the statute alone, and with the notice of the test."""


@pytest.fixture(scope="module")
def by(database: object) -> By:
    return By(administrator("system").account, AT)


@pytest.fixture(scope="module")
def court(database: object) -> Organisation:
    return organisation()


def judge(court: Organisation) -> Actor:
    return Actor(f"j{court.pk}", court.pk, frozenset({"Roles.FILING_JUDGE", "Roles.CLERK"}), keys_for(court.pk))


def opened(court: Organisation, at: datetime = AT, level: int = 0) -> int:
    new = NewCase("张三诉李四", court.pk, keys=keys_for(court.pk), level=level)
    facts = {"suit": "ORDINARY", "qualifies": True}
    found = case_open(procedure="pre_filing", step="PreFiling.receive", actor=judge(court), at=at, facts=facts, new=new, role="Roles.FILING_JUDGE")
    return found.case_id


def notice(text: str = NOTICE, source: str = "试验用通知") -> Notice:
    return Notice(2027, read_notice(2027, text), source, date(2026, 11, 20))


def through(number: int, at: datetime = AT) -> Reckoning:
    """A reckoning, done to its end."""
    while Reckoning.objects.get(pk=number).ended is None:
        assert carried_on(at=at, number=number) == number
    return Reckoning.objects.get(pk=number)


def stood(case: int) -> tuple[date, bool, date, set[date]]:
    """The clock of a case, and its due day as its row and the lists have it."""
    clock = Clock.objects.get(case_id=case)
    rows = {local(due).date() for due in Visibility.objects.filter(case_id=case).values_list("due", flat=True) if due is not None}
    due = Case.objects.get(pk=case).due
    assert due is not None
    return local(clock.due).date(), clock.provisional, local(due).date(), rows


def test_a_notice_is_tried_out_then_holds_for_every_clock(by: By, court: Organisation) -> None:
    cases = [opened(court, AT + timedelta(minutes=n)) for n in range(3)]
    sealed = opened(court, level=1)
    events = Event.objects.count()
    trial = trial_begin(by, notice())
    with pytest.raises(NotTriedOut):
        notice_load(by, trial=trial.pk)
    done = through(trial.pk)
    assert (done.total, done.done, done.moved, done.settled) == (4, 4, 4, 4)
    assert stood(cases[0]) == (STATUTE, True, STATUTE, {STATUTE}), "a trial writes nothing"
    page, following = moved(by, trial.pk, after=0, size=3)
    assert [(m.case, m.was, m.now, m.was_provisional, m.now_provisional) for m in page] == [(c, STATUTE, NOTICED, True, False) for c in cases]
    rest, none = moved(by, trial.pk, after=following, size=3)
    assert ([m.case for m in rest], none) == ([None], 0), "of a sealed case not even the row is told"

    load = notice_load(by, trial=trial.pk)
    assert in_use().add_working(0, 1) == calendar().add_working(0, 1)
    late = opened(court, AT + timedelta(hours=1))
    assert stood(late) == (NOTICED, False, NOTICED, {NOTICED}), "a step after the load is reckoned by the notice, before any old clock is"
    done = through(load.pk)
    assert (done.moved, done.settled) == (4, 4)
    for case in (*cases, sealed):
        assert stood(case) == (NOTICED, False, NOTICED, {NOTICED})
    assert clocks_explained(judge(court), cases[0], AT)[0].due == NOTICED
    assert Event.objects.count() == events + 1, "no event but that of the late case"
    told = SecurityEvent.objects.get(kind="calendar_loaded")
    assert (told.actor, told.detail["year"]) == (by.account.pk, 2027)


def test_what_supervision_finds_in_the_ledger_is_what_the_clocks_say(by: By, court: Organisation) -> None:
    ledger = {}
    for log in ledger_logs("pre_filing"):
        for row in supervise(log.folder, log.table, as_of=local(AT + timedelta(hours=2)), cal=in_use()).clocks.to_pylist():
            ledger[int(row["case_id"]), row["clock"]] = (row["due"], row["provisional"])
    live = {(c.case_id, c.code): (local(c.due), c.provisional) for c in Clock.objects.all()}
    assert ledger == live
    assert len(live) >= 5


def test_a_step_taken_while_limits_are_reckoned_is_not_lost(by: By, court: Organisation) -> None:
    """What was decided just before a notice and written just after its first sweep is found by the second, a minute later."""
    case = opened(court)
    with connection.cursor() as cursor:  # as a writer that had read the old calendar would have left it
        cursor.execute("update casework_clock set due = %s, provisional = true where case_id = %s", [datetime(2027, 2, 10, 16, tzinfo=UTC), case])
        cursor.execute("update casework_case set updated = %s where id = %s", [AT + timedelta(seconds=1), case])
    load = Reckoning.objects.exclude(notice=None).get()
    assert carried_on(at=AT + timedelta(seconds=30)) is None, "not before a minute has passed"
    assert carried_on(at=AT + timedelta(seconds=61)) == load.pk
    assert stood(case)[:2] == (NOTICED, False)
    assert carried_on(at=AT + timedelta(seconds=62)) is None
    load.refresh_from_db()
    assert load.swept is not None
    assert load.moved == 5


def test_a_later_notice_takes_the_place_of_an_earlier_which_is_kept(by: By, court: Organisation) -> None:
    case = opened(court)
    same = through(trial_begin(by, notice()).pk)
    with pytest.raises(AlreadyLoaded):
        notice_load(by, trial=same.pk)
    longer = NOTICE.replace("春节：02-05至02-11；02-20", "春节：02-05至02-12；02-20")
    one, other = (through(trial_begin(by, notice(longer, source)).pk) for source in ("更正通知", "另一份"))
    through(notice_load(by, trial=one.pk).pk)
    with pytest.raises(CalendarMoved):
        notice_load(by, trial=other.pk)
    assert stood(case)[0] == date(2027, 2, 15), "the twelfth is off now, the thirteenth a Saturday"
    held = notices(by, 2027)
    assert [n.source for n, _ in held] == ["更正通知", "试验用通知"]
    assert held[0][0].replaces_id == held[1][0].pk
    assert years(by)[0].notice == held[0][0]
    assert by_mark(held[1][0].mark).roll(0) == calendar().roll(0), "what held before can still be reckoned by"


def test_a_loaded_notice_is_never_changed(by: By) -> None:
    for act in ("update casework_calendarnotice set source = 'x'", "delete from casework_calendarnotice"):
        with pytest.raises((psycopg.Error, DatabaseError)), connection.cursor() as cursor:
            cursor.execute(act)
    assert CalendarNotice.objects.count() == 2


def test_only_the_system_administrator_and_only_years_that_follow(by: By) -> None:
    for kind in ("security", "audit", ""):
        other = By(administrator(kind).account, AT)
        for act in (lambda o: trial_begin(o, notice()), lambda o: notice_load(o, trial=1), years):
            with pytest.raises(NotThisAdministrator):
                act(other)
    with pytest.raises(YearOutOfTurn):
        trial_begin(by, Notice(2029, {}, "甲", date(2026, 1, 1)))
    with pytest.raises(NoSuchTrial):
        notice_load(by, trial=999_999)


def test_a_step_reads_the_calendar_without_another_round_trip(by: By, court: Organisation) -> None:
    """The mark stands in the statement that reads the case: a step that ends a clock is decided by the notice."""
    case, then = opened(court), AT + timedelta(days=1)
    step_take(case_id=case, step="PreFiling.file", actor=judge(court), at=then, facts={"qualifies": True}, role="Roles.FILING_JUDGE")
    assert not Clock.objects.filter(case_id=case, provisional=True).exists()


@pytest.mark.parametrize(
    ("table", "told"),
    [
        ("[2028]\noff = {}", "没有 [2027]"),
        ("[2027]\noff = 3", "写法不对"),
        ('[2027]\noff = { solstice = ["12-22"] }', "没有这个节日"),
        ('[2027]\noff = { new_year = ["13-01"] }', "没有 13-01"),
        ("[2027]\noff = { new_year = [1] }", "读不懂"),
        ("[2027", "放假通知有误"),
    ],
)
def test_a_table_that_will_not_do_is_told(table: str, told: str) -> None:
    with pytest.raises(BadNotice) as found:
        read_notice(2027, table)
    assert told in found.value.message.zh


def test_a_table_of_the_file_is_read_as_the_lines_are() -> None:
    days = read_notice(2027, NOTICE)
    assert read_notice(2027, "\ufeff# 2027\n" + table_of(2027, days)) == days
