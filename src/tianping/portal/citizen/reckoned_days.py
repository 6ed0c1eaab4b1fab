"""期限计算 · A rule of the register from a day (or an instant) on; and the clocks of custody, which never roll over a rest day."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any, Final

from tianping.casework.engine.days import in_use
from tianping.law.custody_clocks import CLOCKS, Asked
from tianping.law.derivation import Derivation, Value
from tianping.law.rules import area_title, due, due_at, rule, rules
from tianping.law.text import T
from tianping.portal.citizen.questions import Question

RULE: Final = T("哪一个期限", "Which period?")
ENDS: Final = T("最后一天", "The last day")
UNTIL: Final = T("最迟", "At the latest")
FROM: Final = T("从哪天起算", "Counted from which day?")
HOUR: Final = Question("hour", "whole", T("几点（0至23）", "Hour, 0 to 23"))
MINUTE: Final = Question("minute", "whole", T("几分（0至59）", "Minute, 0 to 59"))
CITIZEN_AREAS: Final = ("civil", "mediation", "labour", "traffic", "petitions", "administrative", "information", "prosecution", "police", "criminal")
SERVED: Final = T(
    "期间自次日起算；末日遇节假日顺延；在途时间不算，期满前交邮的不算过期",
    "Counted from the day after; a last day on a holiday moves on; time in the post does not count",
)

Found = tuple[tuple[tuple[T, Value], ...], Derivation, tuple[T, ...], bool]


def questions(given: dict[str, str], day: date) -> tuple[Question, ...]:
    """Which period; then from when, and how often it was extended."""
    del day
    listed = tuple(
        (r.code, T(f"{area_title(area).zh}：{r.title.zh}", f"{area_title(area).en}: {r.title.en}"))
        for area in CITIZEN_AREAS
        for r in rules()
        if r.area == area
    )
    which = Question("rule", "select", RULE, None, listed)
    chosen = given.get("rule", "")
    if chosen not in dict(listed):
        return (which,)
    found = rule(chosen)
    asked = [which, Question("from", "date", FROM, found.since)]
    if found.in_hours:
        asked += [HOUR, MINUTE]
    if found.extensions:
        times = tuple((str(n), T(f"{n}次", f"{n}")) for n in range(len(found.extensions) + 1))
        asked.append(Question("extended", "select", T("延长过几次", "How often was it extended?"), None, times, optional=True))
    return tuple(asked)


def reckoned(answers: dict[str, Any], day: date) -> Found:
    """The last day or instant. Raises the errors of the rules and of the calendar."""
    del day
    found, extended = rule(answers["rule"]), int(answers.get("extended") or 0)
    notes = tuple(n for n in (found.note, SERVED if found.area == "civil" else T("", "")) if n.zh)
    if found.in_hours:
        ends = due_at(found.code, _instant(answers), extended=extended)
        return ((UNTIL, ends.at),), ends.derivation, notes, False
    last = due(found.code, answers["from"], extended=extended, calendar=in_use())
    return ((ENDS, last.day),), last.derivation, notes, last.provisional


def custody_questions(given: dict[str, str], day: date) -> tuple[Question, ...]:
    """Which clock; then what it depends on."""
    del day
    which = Question("clock", "select", RULE, None, tuple((code, c.title) for code, c in CLOCKS.items()))
    chosen = CLOCKS.get(given.get("clock", ""))
    if chosen is None:
        return (which,)
    asked = [which, Question("from", "date", FROM, chosen.since)]
    if chosen.hours:
        asked += [HOUR, MINUTE]
    for name, question in _CUSTODY.items():
        if name in chosen.asks:
            asked.append(question)
    return tuple(asked)


def custody_reckoned(answers: dict[str, Any], day: date) -> Found:
    """The days or instants of the clock. Raises the errors of custody."""
    del day
    clock = CLOCKS[answers["clock"]]
    asked = Asked(
        extra=int(answers.get("extra") or 0),
        major=bool(answers.get("major")),
        extended=int(answers.get("extended") or 0),
        in_custody=answers.get("at_large") is not True,
        track=answers.get("track") or "ordinary",
    )
    told, lines = clock.reckoned(_instant(answers) if clock.hours else answers["from"], asked)
    return tuple(lines), told, (), False


_CUSTODY: Final = {
    "extra": Question("extra", "whole", T("延长了几日（1至4）", "Days added (1 to 4)"), optional=True),
    "major": Question(
        "major", "yes", T("是否流窜、多次、结伙作案", "Roaming, repeated or gang offences?"), None, (("yes", T("是", "Yes")), ("no", T("否", "No")))
    ),
    "extended": Question("extended", "whole", T("延长过几次", "How often was it extended?"), optional=True),
    "at_large": Question(
        "at_large", "yes", T("人是否没有羁押", "Is the person at large?"), None, (("yes", T("没有羁押", "At large")), ("no", T("在押", "Held")))
    ),
    "track": Question(
        "track",
        "choice",
        T("适用程序", "Procedure"),
        None,
        (("ordinary", T("普通程序", "Ordinary")), ("summary", T("简易程序", "Summary")), ("fast_track", T("速裁程序", "Fast track"))),
        value="ordinary",
    ),
}


def _instant(answers: dict[str, Any]) -> datetime:
    on: date = answers["from"]
    return datetime(on.year, on.month, on.day, min(answers["hour"], 23), min(answers["minute"], 59))  # noqa: DTZ001 — local
