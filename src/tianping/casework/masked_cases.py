"""脱敏清单 · Cases by number as a board lists them: titles without the names of the parties, and only those that the reader may see."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from tianping.casework.access.probe import seen
from tianping.casework.engine.actors import Actor
from tianping.casework.engine.registered import tables_of
from tianping.casework.engine.titles import masked_title
from tianping.casework.models import Case, Party
from tianping.casework.moments import local
from tianping.law.text import T


@dataclass(frozen=True, slots=True)
class Listed:
    """一件 · A case as a board lists it."""

    case: int
    number: str
    title: str
    stage: T
    organisation: T
    opened: date


def masked_cases(ids: Sequence[int], *, actor: Actor | None) -> list[Listed]:
    """The cases of some numbers, in that order. ``actor``: those it may see; None (a demonstration): all that are not sealed."""
    open_to = set(seen(actor, ids)) if actor is not None else set(ids)
    found = Case.objects.filter(pk__in=open_to).select_related("organisation")
    if actor is None:
        found = found.filter(level=0)
    rows = {case.pk: case for case in found}
    titles = masked_titles([(case.pk, case.title) for case in rows.values()])
    return [_listed(rows[i], titles[i]) for i in dict.fromkeys(ids) if i in rows]


def masked_titles(titles: Sequence[tuple[int, str]]) -> dict[int, str]:
    """Titles without the names of the parties, by case."""
    parties: dict[int, list[tuple[str, str]]] = defaultdict(list)
    for one, kind, name in Party.objects.filter(case_id__in=[case for case, _ in titles]).values_list("case_id", "kind", "name"):
        parties[one].append((kind, name))
    return {case: masked_title(title, parties[case]) for case, title in titles}


def _listed(case: Case, title: str) -> Listed:
    tracks = tables_of(case.definition_id).tracks
    stage = next((s.title for s in tracks[0].stages if s.name == case.stage), T(case.stage, case.stage))
    place = case.organisation
    return Listed(case.pk, case.number or "", title, stage, T(place.zh, place.en), local(case.opened).date())
