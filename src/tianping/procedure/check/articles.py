"""法条核对 · Every act, ground and number rests on an article of the statute index that is in force while the version is."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from tianping.law.citations import Citation, NoSuchArticle, NoVersionInForce, Ref
from tianping.law.periods import Period
from tianping.law.statutes import INDEX, NoCounterpart, on
from tianping.law.statutes.concordance import UNKNOWN
from tianping.law.text import T
from tianping.procedure.check import refusals as no
from tianping.procedure.check.refusals import Refusal
from tianping.procedure.check.words import tracks
from tianping.procedure.grammar import Condition, Ground, Procedure, Step, Track
from tianping.procedure.lengths import rows_of
from tianping.procedure.registry import life
from tianping.procedure.time import Extension, Limit, Pause


@dataclass(frozen=True, slots=True)
class Cited:
    """A part that must cite: its code, what it cites, and its number if it is one."""

    where: str
    cites: object
    number: T | None = None


def version_life(procedure: type[Procedure]) -> Iterator[Refusal]:
    """A version needs a code, a first day, and a last day that is not before it."""
    code, first, last = getattr(procedure, "code", ""), getattr(procedure, "valid_from", None), procedure.valid_to
    if not code or not isinstance(first, date) or (last is not None and last < first):
        yield no.BadLife(where=procedure.__name__, given=f"{code or '—'} {first or '—'}…{last or ''}")


def articles(procedure: type[Procedure]) -> Iterator[Refusal]:
    """Citations that are missing, unknown, or not in force during the version's life."""
    for cited in dict.fromkeys(c for track in tracks(procedure) for c in _parts(track)):
        if not isinstance(cited.cites, Citation) or not cited.cites.refs:
            yield no.NoArticle(where=cited.where) if cited.number is None else no.UncitedNumber(where=cited.where, number=cited.number)
            continue
        for ref in cited.cites.refs:
            yield from _ref(procedure, cited.where, ref)


def _parts(track: type[Track]) -> Iterator[Cited]:
    for step in track.of(Step):
        yield Cited(step.code, step.cites)
        yield from (_ground(g, step.code) for g in (*step.when, *step.unless))
    yield from (_ground(g, g.code) for g in track.of(Ground))
    for condition in track.of(Condition):
        yield from (_ground(g, condition.code) for g in (*condition.when, *condition.unless))
    for pause in track.of(Pause):
        yield Cited(pause.code, pause.cites, pause.at_most.text if pause.at_most is not None else T("扣除", "not counted"))
    for limit in track.of(Limit):
        yield Cited(limit.code, limit.cites, _numbers([row.period for row in rows_of(limit.within)]))
        for i, extension in enumerate(limit.extend, 1):
            yield Cited(_extension(limit, i, extension), extension.cites, extension.more.text)


def _ground(ground: Ground, where: str) -> Cited:
    return Cited(ground.code or where, ground.cites)


def _extension(limit: Limit, index: int, extension: Extension) -> str:
    return extension.code or f"{limit.code}.extend{index}"


def _numbers(periods: list[Period]) -> T:
    return T("、".join(p.text.zh for p in periods), ", ".join(p.text.en for p in periods))


def _ref(procedure: type[Procedure], where: str, ref: Ref) -> Iterator[Refusal]:
    if INDEX.get(ref.statute.key) != ref.statute or not _numbered(ref):
        yield no.NotInIndex(where=where, cited=Citation((ref,)).words)
        return
    day = None if list(version_life(procedure)) else _gap(ref, procedure.valid_from, procedure.valid_to)
    if day is not None:
        yield no.NotInForce(where=where, cited=Citation((ref,)).words, day=day, life=life(procedure))


def _numbered(ref: Ref) -> bool:
    try:
        return all(ref.statute[article] for article in ref.articles)
    except NoSuchArticle:
        return False


def _gap(ref: Ref, first: date, last: date | None) -> date | None:
    """A day of the version's life without a text of the article. A version that spans several texts of a law cites the newest."""
    ends = ref.statute.valid_to
    if ends is not None and (last is None or ends < last):
        return max(ends + timedelta(days=1), first)
    if last is not None and last < ref.statute.valid_from:
        return last
    try:
        on(Citation((ref,)), first)
    except NoCounterpart as error:
        return None if error.values["why"] is UNKNOWN else first
    except NoVersionInForce:
        return first
    return None
