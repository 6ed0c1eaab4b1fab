"""羁押时钟 · The clocks of custody and questioning by name, each with what it asks and the days or instants that it gives."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Final

from tianping.law import custody
from tianping.law.derivation import Derivation
from tianping.law.rules import rule
from tianping.law.text import T


@dataclass(frozen=True, slots=True)
class Asked:
    """所问 · What a clock may depend on."""

    extra: int = 0
    major: bool = False
    extended: int = 0
    in_custody: bool = True
    track: str = "ordinary"


Lines = list[tuple[T, date]]
Reckoned = tuple[Derivation, Lines]


@dataclass(frozen=True, slots=True)
class HeldClock:
    """一个时钟 · Its title, from what it is counted, whether in hours, what it asks, and how it is reckoned."""

    title: T
    since: T
    asks: tuple[str, ...]
    reckoned: Callable[[date, Asked], Reckoned]
    hours: bool = False


def _detention(start: date, asked: Asked) -> Reckoned:
    got = custody.detention(start, extra_days=asked.extra, major=asked.major)
    latest = T("提请批捕最迟（依法延长至最长）", "ask for arrest, at its longest")
    answers: Lines = [(T("提请批捕不迟于", "ask for arrest by"), got.request.day), (latest, got.request_latest.day)]
    told = got.request.derivation + got.decision_latest.derivation
    return told, [*answers, (T("决定最迟", "decision at the latest"), got.decision_latest.day)]


def _investigation(start: date, asked: Asked) -> Reckoned:
    got = custody.investigation(start, extended=asked.extended)
    ask = got.next_extension.ask_by if got.next_extension is not None else None
    more: Lines = [(T("提请延长不迟于", "ask for an extension by"), ask)] if ask is not None else []
    return got.ends.derivation, [(T("侦查羁押届满", "custody ends"), got.ends.day), *more]


def _review(start: date, asked: Asked) -> Reckoned:
    got = custody.review(start, extended=asked.extended, in_custody=asked.in_custody, fast_track=asked.track == "fast_track")
    assert got.ends is not None, "nothing was sent back"
    return got.ends.derivation, [(T("审查起诉届满", "decision on prosecution by"), got.ends.day)]


def _trial(start: date, asked: Asked) -> Reckoned:
    track: custody.Track = "summary" if asked.track == "summary" else "fast_track" if asked.track == "fast_track" else "ordinary"
    got = custody.trial(start, track=track, extended=asked.extended, in_custody=asked.in_custody)
    return got.derivation, [(T("一审审限届满", "judgment by"), got.day)]


def _hours(code: str) -> Callable[[date, Asked], Reckoned]:
    def reckoned(start: date, _asked: Asked) -> Reckoned:
        assert isinstance(start, datetime), "the hour matters: midnight is not to be guessed"
        got = custody.hour_clock(code, start)
        return got.derivation, [(T("一般时限", "normal end"), got.alarm), (T("最长时限", "hard stop"), got.stop)]

    return reckoned


def _clock(title: T, code: str, asks: tuple[str, ...], reckoned: Callable[[date, Asked], Reckoned] | None = None) -> HeldClock:
    return HeldClock(title, rule(code).since, asks, reckoned or _hours(code), hours=reckoned is None)


CLOCKS: Final[dict[str, HeldClock]] = {
    "detention": _clock(T("刑事拘留", "Criminal detention"), "detention_request", ("extra", "major"), _detention),
    "investigation": _clock(T("侦查羁押（逮捕后）", "Custody during investigation"), "investigation_custody", ("extended",), _investigation),
    "review": _clock(T("审查起诉", "Review for prosecution"), "review_for_prosecution", ("extended", "at_large", "track"), _review),
    "trial": _clock(T("刑事一审", "Criminal trial"), "criminal_trial", ("extended", "at_large", "track"), _trial),
    "summons": _clock(T("刑事传唤、拘传", "Criminal summons"), "summons_criminal", ()),
    "police_summons": _clock(T("治安传唤", "Public-security summons"), "summons_public_security", ()),
    "questioning": _clock(T("继续盘问", "Continued questioning"), "continued_questioning", ()),
}
"""By the names that the command line uses too."""
