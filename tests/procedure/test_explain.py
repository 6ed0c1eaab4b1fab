"""时钟说明测试 · The derivation of a clock arrives at the clock's own day, by its articles, in both languages."""

from __future__ import annotations

from datetime import date, datetime, timedelta

import pytest

from tests.procedure.house import ALL
from tests.procedure.sample import Appraisal, Route, Trial
from tianping.engines.generate import Generator
from tianping.law.calendar import calendar
from tianping.law.statutes import CPL23, PPR
from tianping.procedure import NEW, PLAIN, Extension, Limit, Pause, Procedure, Stage, Step, T, hours
from tianping.procedure.contracts.roles import Roles
from tianping.procedure.events import Event, end_of, merged
from tianping.procedure.explain import NoSuchClock, explain, explained
from tianping.procedure.reckoning import Clock, Clocks
from tianping.procedure.tables import Tables, compiled

TRIAL = compiled(Trial)
AS_OF = date(2025, 12, 31)


def did(tables: Tables, *acts: tuple[Step, str] | tuple[Step, str, dict[str, object]], entity: str = "1") -> list[Event]:
    """Events of steps and times; the steps of a Many track belong to one run."""
    out = []
    for seq, (step, at, *facts) in enumerate(acts):
        row = tables.steps[tables.number(step)]
        run = entity if tables.tracks[row.track].many else ""
        answers = facts[0] if facts else {}
        assert isinstance(answers, dict)
        out.append(Event(seq, row.no, row.track, run, datetime.fromisoformat(at), facts=answers))
    return out


def clock_of(tables: Tables, events: list[Event], limit: Limit, as_of: date = AS_OF) -> Clock:
    return next(c for c in Clocks(tables, events, end_of(as_of), calendar()).all if c.row.limit is limit)


ORDINARY = did(
    TRIAL,
    (Trial.file, "2024-03-01 09:00"),
    (Route.as_ordinary, "2024-03-01 09:05"),
    (Appraisal.entrust, "2024-04-01 10:00"),
    (Appraisal.opine, "2024-05-11 10:00"),
    (Trial.fix, "2024-06-03 10:00", {"hearing_on": date(2024, 6, 20)}),
    (Trial.grant, "2024-09-20 10:00"),
    (Trial.judge, "2025-03-20 15:00"),
)


def test_every_line_of_a_trial_limit() -> None:
    text = explain(TRIAL, ORDINARY, clock_of(TRIAL, ORDINARY, Trial.to_judge), AS_OF, calendar()).text("en")
    lines = text.splitlines()
    assert lines[0] == "started by: File → 2024-03-01  [Civil Procedure Law (2023) art. 126]"
    assert lines[1] == "the length varies; here it is → 6 months  [Civil Procedure Law (2023) art. 152, art. 164]"
    assert lines[2] == "granted by: President grants more time → 2024-09-20  [Civil Procedure Law (2023) art. 152]"
    assert any(line.startswith("extended by → 6 months") for line in lines)
    assert any("40 days not counted: Appraisal (2024-04-01 to 2024-05-11) → 2025-04-10" in line for line in lines)
    assert any(line.startswith("last day of “Trial limit” → 2025-04-10") for line in lines)
    assert lines[-2:] == ["done: Pronounce judgment → 2025-03-20", f"in time  [{CPL23[152, 164].text('en')}]"]


def test_the_same_lines_in_chinese() -> None:
    text = explain(TRIAL, ORDINARY, clock_of(TRIAL, ORDINARY, Trial.to_judge), AS_OF, calendar()).text("zh")
    assert "起算环节：立案 → 2024-03-01  [《民事诉讼法（2023年修正）》第126条]" in text
    assert "扣除鉴定期间 40 日" in text
    assert "“审限”的最后一日 → 2025-04-10" in text
    assert text.endswith("按期  [《民事诉讼法（2023年修正）》第152条、第164条]")


def test_a_limit_counted_back_from_a_date() -> None:
    text = explain(TRIAL, ORDINARY, clock_of(TRIAL, ORDINARY, Trial.notice), AS_OF, calendar()).text("en")
    assert "counted from: Date of the hearing → 2024-06-20" in text
    assert "counted back from that day, the day itself not counted → 3 days" in text
    assert "last day of “Notice of the hearing” → 2024-06-17" in text
    assert "not done in time" in text


def test_a_limit_on_a_limit_tells_both() -> None:
    late = ORDINARY[:2]
    text = explain(TRIAL, late, clock_of(TRIAL, late, Trial.after_limit), AS_OF, calendar()).text("en")
    assert text.index("last day of “Trial limit”") < text.index("begins when “Trial limit” has run out → 2024-09-02")
    assert "last day of “Time after the trial limit” → 2024-10-08" in text


def test_what_is_still_open_is_called_the_earliest() -> None:
    pending = did(TRIAL, (Trial.file, "2024-03-01 09:00"), (Trial.fix, "2024-03-04 09:00"), (Trial.suspend, "2024-04-01 09:00"))
    text = explain(TRIAL, pending, clock_of(TRIAL, pending, Trial.to_judge), AS_OF, calendar()).text("en")
    assert "earliest last day of “Trial limit” so far (not fixed) → 2024-09-02" in text
    assert text.splitlines()[-1].startswith("paused: not fixed")


def test_a_wait_says_that_it_was_too_early() -> None:
    early = did(TRIAL, (Trial.file, "2024-03-01 09:00"), (Trial.fix, "2024-03-04 09:00"), (Trial.judge, "2024-03-10 09:00"))
    text = explain(TRIAL, early, clock_of(TRIAL, early, Trial.grace), AS_OF, calendar()).text("en")
    assert "the day “No judgment before the defence period ends” ends; not to be done before → 2024-03-19" in text
    assert text.splitlines()[-1].startswith("done before the day")


class Inquiry(Procedure):
    """询问样本 · A limit in hours that pauses, is extended, restarted and released."""

    title = T("询问样本", "Sample inquiry")
    code = "sample_inquiry"
    valid_from = date(2024, 1, 1)
    counting = PLAIN
    going = Stage(T("询问中", "Being questioned"))
    left = Stage(T("已离开", "Left"), end=True)
    begin = Step((NEW | going) >> going, T("到案", "Arrive"), by=Roles.OFFICER, cites=PPR[200])
    rest = Step(going, T("就医", "See a doctor"), by=Roles.OFFICER, cites=PPR[200])
    back = Step(going, T("就医返回", "Come back"), by=Roles.OFFICER, cites=PPR[200])
    prolong = Step(going, T("批准延长", "Grant more time"), by=Roles.CHIEF, cites=PPR[200])
    free = Step(going, T("决定不再询问", "Question no more"), by=Roles.OFFICER, cites=PPR[200])
    leave = Step(going >> left, T("离开", "Leave"), by=Roles.OFFICER, cites=PPR[200])
    doctor = Pause(rest, back, title=T("就医时间", "Time with a doctor"), cites=PPR[200])
    longer = Extension(hours(12), grant=prolong, cites=PPR[200])
    at_most = Limit(
        begin, leave, hours(12), excluding=(doctor,), extend=(longer,), waived=free, title=T("询问时限", "Time of questioning"), cites=PPR[200]
    )


INQUIRY = compiled(Inquiry)


def test_hours_are_told_on_instants() -> None:
    log = did(
        INQUIRY,
        (Inquiry.begin, "2024-03-01 09:00"),
        (Inquiry.rest, "2024-03-01 12:00"),
        (Inquiry.back, "2024-03-01 13:30"),
        (Inquiry.prolong, "2024-03-01 20:00"),
        (Inquiry.leave, "2024-03-02 11:00"),
    )
    lines = explain(INQUIRY, log, clock_of(INQUIRY, log, Inquiry.at_most), AS_OF, calendar()).text("en").splitlines()
    shown = [line.split("  [")[0] for line in lines]
    assert shown == [
        "started by: Arrive → 2024-03-01 09:00",
        "granted by: Grant more time → 2024-03-01 20:00",
        "length in hours, from the instant itself → 24 hours",
        "not counted: Time with a doctor (2024-03-01 12:00:00 to 2024-03-01 13:30:00) → 2024-03-02 10:30",
        "last moment of “Time of questioning” → 2024-03-02 10:30",
        "done: Leave → 2024-03-02 11:00",
        "done late; days over: 1",
    ]


def test_a_restart_and_a_release_are_called_so() -> None:
    again = did(INQUIRY, (Inquiry.begin, "2024-03-01 09:00"), (Inquiry.begin, "2024-03-01 10:00"), (Inquiry.free, "2024-03-01 11:00"))
    clocks = Clocks(INQUIRY, again, end_of(AS_OF), calendar())
    ends = [explained(clocks, c)[-1].what.en for c in clocks.all]
    assert ends == ["ended by a new beginning: counted anew", "released by: Question no more"]


def test_a_clock_of_another_log_is_refused() -> None:
    clock = clock_of(TRIAL, ORDINARY, Trial.to_judge)
    with pytest.raises(NoSuchClock) as refused:
        explain(TRIAL, [], clock, AS_OF, calendar())
    assert refused.value.code == "PRO-261"


@pytest.mark.parametrize("procedure", [Trial, Inquiry, *ALL], ids=lambda p: p.__name__)
def test_the_derivation_arrives_at_the_clock_on_random_logs(procedure: type[Procedure]) -> None:
    """``explained`` asserts that the lines arrive at the clock's own day; here over every clock of random logs with every kind of fault."""
    tables = compiled(procedure)
    start = max(procedure.valid_from, date(2022, 1, 1))
    until = max(AS_OF, start + timedelta(days=730))
    cases = Generator(tables, 7, start=start).cases(120)
    seen = 0
    for log in merged(cases, tables).values():
        clocks = Clocks(tables, [e for e in log if e.day <= until], end_of(until), calendar())
        for clock in clocks.all:
            lines = explained(clocks, clock)
            assert clock.due in [line.value for line in lines]
            assert all(line.what.zh and line.what.en for line in lines)
            seen += 1
    assert seen > 5 or not tables.limits
