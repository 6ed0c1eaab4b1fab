"""时间核对 · Limits that begin and end, pauses that end, extensions that somebody grants, numbers of one unit."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date

from tianping.law.citations import Citation
from tianping.law.periods import Period
from tianping.law.text import T
from tianping.procedure.check import refusals as no
from tianping.procedure.check.reach import Ways
from tianping.procedure.check.refusals import Refusal
from tianping.procedure.check.words import tracks
from tianping.procedure.grammar import Procedure, Step
from tianping.procedure.lengths import rows_of
from tianping.procedure.tables import STAYS, ExtensionRow, LimitRow, PauseRow, Tables
from tianping.procedure.time import Limit


def grantors(procedure: type[Procedure]) -> Iterator[Refusal]:
    """Extensions that name no granting step: looked at first, for without one a definition cannot be compiled."""
    for track in tracks(procedure):
        for limit in track.of(Limit):
            for i, extension in enumerate(limit.extend, 1):
                grant: object = extension.grant
                if not isinstance(grant, Step):
                    yield no.NoGrantor(where=extension.code or f"{limit.code}.extend{i}")


def timing(tables: Tables, ways: Ways) -> Iterator[Refusal]:
    """Everything about time."""
    for row in tables.limits:
        yield from _anchors(tables, ways, row)
        yield from _sense(row)
        yield from _units(row)
        for extension in row.extensions:
            yield from _granted(tables, ways, row, extension)
    for pause in tables.pauses:
        yield from _pause(tables, ways, pause)
    yield from _shared(tables)


# ---- where a clock begins and ends --------------------------------------------------------------------------------------


def _anchors(tables: Tables, ways: Ways, row: LimitRow) -> Iterator[Refusal]:
    since = [s for s in _triggers(tables, row) if ways.possible(s)]
    if not since:
        yield no.NeverTriggered(where=row.code)
        return
    if row.limit.until is None:
        return
    for start in since:
        if not any(_ends(ways, row, start, until) for until in row.until):
            yield no.UntilCannotFollow(where=row.code, since=_codes(tables, [start]), until=_codes(tables, row.until))


def _triggers(tables: Tables, row: LimitRow) -> tuple[int, ...]:
    """The steps that start a limit; for a limit on a limit those of the first one."""
    while row.parent != STAYS:
        row = tables.limits[row.parent]
    return row.since


def _ends(ways: Ways, row: LimitRow, start: int, until: int) -> bool:
    """Whether one step can end the clock that another started; the act that answers a date may itself be the act that the date bounds."""
    if row.first:
        return ways.possible(until)
    return (row.fact is not None and start == until) or ways.can_follow(start, until)


def _codes(tables: Tables, steps: Iterable[int]) -> T:
    codes = " | ".join(tables.steps[s].step.code for s in steps)
    return T(codes or "（无此环节）", codes or "(no such step)")


# ---- what a limit may say -----------------------------------------------------------------------------------------------


def _sense(row: LimitRow) -> Iterator[Refusal]:
    limit = row.limit
    reasons = [
        (limit.backwards and row.fact is None, T("倒计期限须以日期要素起算", "a limit counted backwards starts from a date fact")),
        (
            limit.backwards and any(r.period.months or r.period.seconds for r in row.rows),
            T("倒计期限只能是日或工作日", "a limit counted backwards is in days or working days"),
        ),
        (row.fact is not None and not issubclass(row.fact.kind, date), T("起算的要素不是日期", "the fact that it starts from is not a date")),
        (
            limit.until is None and (limit.bars or row.wait),
            T("须写 until：逾期不得办理什么、何时之前不得办理什么", "until must say which act is barred, or too early"),
        ),
        (limit.bars and row.wait, T("不得早于不能同时逾期失权", "a wait cannot bar what comes late")),
    ]
    yield from (no.WrongAnchor(where=row.code, reason=words) for wrong, words in reasons if wrong)
    if isinstance(limit.cites, Citation) and limit.cites.statuses <= {"local", "policy"} and not limit.target:
        yield no.LocalNotTarget(where=row.code, cited=limit.cites.words)


def _units(row: LimitRow) -> Iterator[Refusal]:
    periods: list[Period] = [r.period for r in row.rows] + [x.extension.more for x in row.extensions]
    for pause in row.limit.excluding:
        periods += [pause.at_most] if pause.at_most is not None else []
        periods += [r.period for r in rows_of(pause.beyond)] if pause.beyond is not None else []
    timed = {bool(p.seconds) for p in periods if p != Period()}
    if len(timed) > 1:
        yield no.MixedUnits(where=row.code)


# ---- extensions and pauses ----------------------------------------------------------------------------------------------


def _granted(tables: Tables, ways: Ways, row: LimitRow, extension: ExtensionRow) -> Iterator[Refusal]:
    """The grant can be taken while a clock runs; what must be asked for in time names the asking step, in whole days."""
    terms = extension.extension
    starts = [s for s in _triggers(tables, row) if ways.possible(s)]
    too_late = starts and not any(_while_open(tables, ways, row, start, extension.grant) for start in starts)
    if too_late or (terms.ask_before is not None and terms.ask is None):
        yield no.NoGrantor(where=extension.code)
    if terms.ask is not None and extension.ask == STAYS:
        yield no.Stranger(where=extension.code, stranger=terms.ask.code or "?")
    for before in (terms.ask_before, terms.decide_before):
        if before is not None and (before.months or before.working or before.seconds or row.timed):
            reason = T("申请与决定延长的提前期须为整日", "how long before the last day to ask or decide is counted in whole days")
            yield no.WrongAnchor(where=extension.code, reason=reason)


def _while_open(tables: Tables, ways: Ways, row: LimitRow, start: int, grant: int) -> bool:
    one, other = tables.steps[start], tables.steps[grant]
    if one.track != other.track:
        return ways.possible(grant)
    reach = ways.tracks[one.track]
    return bool(reach.onward(reach.after(one), without=frozenset(row.until)) & set(reach.sources(other)))


def _pause(tables: Tables, ways: Ways, row: PauseRow) -> Iterator[Refusal]:
    since = [s for s in row.since if ways.possible(s)]
    if not since:
        yield no.NeverTriggered(where=row.pause.code)
    for start in since:
        if not any(_pause_ends(tables, ways, row, start, until) for until in row.until):
            yield no.PauseNeverEnds(where=row.pause.code, since=_codes(tables, [start]), until=_codes(tables, row.until))
    stands = {tables.steps[s].track for s in row.since} - {row.track}
    running = {limit.track for limit in tables.limits if row.no in limit.pauses}
    misread = stands if row.pause.halts else {t for t in stands & running if tables.tracks[t].many}
    for track in sorted(misread):
        names = {"written": tables.tracks[row.track].track.__name__, "stands": tables.tracks[track].track.__name__}
        yield no.PauseOnOtherTrack(where=row.pause.code, **names)


def _pause_ends(tables: Tables, ways: Ways, row: PauseRow, start: int, until: int) -> bool:
    """A pause ends in the run in which it began; while it halts, nothing else can be taken on the way."""
    one, other = tables.steps[start], tables.steps[until]
    if one.track != other.track:
        return False
    reach = ways.tracks[one.track]
    if row.pause.halts:
        return bool(reach.after(one) & set(reach.sources(other)))
    return reach.can_follow(one, other)


def _shared(tables: Tables) -> Iterator[Refusal]:
    owner: dict[int, tuple[object, str]] = {}
    for row in tables.limits:
        for extension in row.extensions:
            first, code = owner.setdefault(extension.grant, (extension.extension, extension.code))
            if first is not extension.extension:
                grant = tables.steps[extension.grant].step.code
                yield no.SharedGrant(where=extension.code, other=code, grant=grant)
