"""回放脚本 · Reads a scenario of a city and checks it: its sums agree, its paths use what the versions in force on its first day know."""

from __future__ import annotations

from dataclasses import fields
from datetime import date
from itertools import pairwise
from pathlib import Path
from typing import Final

from tianping.casework.city.entries import Entry, read_toml
from tianping.casework.replay.errors import BadScenario, SumsDisagree
from tianping.casework.replay.model import OUTCOMES, Cause, Counts, Names, Scenario, Share, Side
from tianping.casework.replay.paths import read_legs, read_paths
from tianping.law.text import T
from tianping.procedure.registry import find
from tianping.procedure.tables import compiled

COUNTS: Final = tuple(f.name for f in fields(Counts))
KEYS: Final = (
    "code", "zh", "en", "label", "source", "first", "last", "seed", "totals", "spread", "sides", "leg", "path", "cause", "people",
)  # fmt: skip
PLACES: Final = ("court", "body")
KINDS: Final = ("person", "body")


def read_scenario(path: Path) -> Scenario:
    """A scenario. Raises BadScenario, SumsDisagree, UnlawfulPath, and what the registry raises for a procedure it does not find."""
    top = read_toml(path, BadScenario).only(*KEYS)
    first, last = top.day("first"), top.day("last")
    if last < first:
        raise top.wrong(T("last 早于 first", "last is before first"))
    totals = _counts(top.table("totals"))
    shares = tuple(_share(e) for e in top.table("spread").only("rows").entries("rows"))
    _check_shares(top.where, totals, shares)
    sides = _sides(top.table("sides"), first)
    scenario = Scenario(
        code=top.text("code"),
        title=top.words(),
        label=top.text("label"),
        first=first,
        last=last,
        seed=top.number("seed"),
        totals=totals,
        shares=shares,
        sides=sides,
        paths=read_paths(top.entries("path"), read_legs(top.entries("leg"), sides)),
        causes=tuple(_cause(e) for e in top.entries("cause")),
        names=_names(top.table("people")),
    )
    _check_covered(top, scenario)
    return scenario


def _counts(entry: Entry) -> Counts:
    counts = Counts(**{name: entry.number(name) for name in COUNTS})
    for what, wanted, got in (
        ("closed = settled + failed + returned + withdrawn", counts.settled + counts.failed + counts.returned + counts.withdrawn, counts.closed),
        ("pushed = closed + open", counts.closed + counts.open, counts.pushed),
        ("confirmed ≤ settled", min(counts.confirmed, counts.settled), counts.confirmed),
    ):
        if wanted != got:
            raise SumsDisagree(where=entry.where, what=what, wanted=wanted, got=got)
    return counts


def _share(entry: Entry) -> Share:
    entry.only("court", "channel", *COUNTS)
    court, channel = entry.text("court"), entry.text("channel")
    return Share(court, channel, _counts(Entry(entry.data, f"{entry.where} {court} {channel}", entry.error)))


def _check_shares(where: str, totals: Counts, shares: tuple[Share, ...]) -> None:
    for name in COUNTS:
        wanted, got = getattr(totals, name), sum(getattr(s.counts, name) for s in shares)
        if wanted != got:
            raise SumsDisagree(where=f"{where} [spread]", what=name, wanted=wanted, got=got)
    places = sorted((s.court, s.channel) for s in shares)
    for one, other in pairwise(places):
        if one == other:
            raise BadScenario(where=f"{where} [spread]", reason=T(f"{' '.join(one)} 出现了两次", f"{' '.join(one)} stands there twice"))


def _sides(entry: Entry, day: date) -> dict[str, Side]:
    sides = {name: _side(entry.table(name), name, day) for name in entry.data}
    for side in sides.values():
        for target in side.referrals.values():
            if target not in sides:
                raise entry.wrong(T(f"{side.name} 移送给不存在的“{target}”一方", f"{side.name} refers to a side {target} that is not there"))
    return sides


def _side(entry: Entry, name: str, day: date) -> Side:
    """A side, with the version of its procedure that may be opened on the day."""
    entry.only("procedure", "at", "title", "referrals")
    procedure, at = entry.text("procedure"), entry.text("at")
    if at not in PLACES:
        raise entry.wrong(T(f"at 应为 {'、'.join(PLACES)}", f"at should be one of {', '.join(PLACES)}"))
    referrals = entry.table("referrals", {})
    leading = {part: referrals.text(part) for part in referrals.data}
    tables = compiled(find(procedure).on(day))
    known = {t.name for t in tables.tracks}
    for part in leading:
        if part not in known:
            raise entry.wrong(T(f"程序没有移送“{part}”", f"the procedure has no referral {part}"))
    return Side(name, procedure, at, entry.text("title"), leading, tables)


def _cause(entry: Entry) -> Cause:
    entry.only("zh", "en", "channels", "sides", "confirmable")
    sides = entry.texts("sides")
    confirmable = entry.data.get("confirmable", True)
    if len(sides) != 2 or not set(sides) <= set(KINDS) or not isinstance(confirmable, bool):
        raise entry.wrong(
            T("sides 应为两个 person 或 body，confirmable 应为 true 或 false", "sides: two of person and body; confirmable: true or false")
        )
    return Cause(entry.words(), entry.texts("channels"), sides, confirmable)


def _names(entry: Entry) -> Names:
    entry.only("surnames", "given", "bodies")
    names = Names(entry.texts("surnames"), entry.texts("given"), entry.texts("bodies"))
    if len(names.surnames) * len(names.given) < 2 or not names.bodies:
        raise entry.wrong(T("用字太少", "there are too few words"))
    return names


def _check_covered(top: Entry, scenario: Scenario) -> None:
    """Each outcome that is counted has a path, each platform a cause (a confirmable one if something of it is confirmed)."""
    for outcome in OUTCOMES:
        if scenario.totals.of(outcome) and not any(p.outcome == outcome for p in scenario.paths):
            raise top.wrong(T(f"没有结果为 {outcome} 的走法", f"no path ends {outcome}"))
    for share in scenario.shares:
        fitting = [c for c in scenario.causes if share.channel in c.channels]
        if not fitting or (share.counts.confirmed and not any(c.confirmable for c in fitting)):
            raise top.wrong(T(f"平台 {share.channel} 没有可用案由", f"no cause fits the platform {share.channel}"))
