"""图册页面 · The pages of the law atlas: by procedure, by law, by article, by date. Open to everybody, drawn from the definitions."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from datetime import date
from typing import Any, Final

from django.http import Http404, HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from tianping.casework.engine.registered import folders
from tianping.casework.moments import local
from tianping.law.citations import NoSuchArticle, Statute
from tianping.law.statutes import INDEX
from tianping.law.text import T
from tianping.portal.arrived import language
from tianping.portal.atlas import statutes as laws
from tianping.portal.atlas.cites import address, article_address, each, label, named
from tianping.portal.atlas.differences import HOW, differences, turns
from tianping.portal.atlas.finding import find
from tianping.portal.atlas.sheets import place_of, sheet, version_at
from tianping.portal.atlas.texts import quoted, told
from tianping.portal.atlas.uses import KINDS, cited
from tianping.portal.house import page
from tianping.portal.house.doors import for_everybody
from tianping.procedure.grammar import Procedure
from tianping.procedure.registry import Folder
from tianping.procedure.tables import compiled

WORDS: Final[dict[str, Any]] = {"named": named, "address": address, "article_address": article_address, "label": label, "kinds": KINDS, "how": HOW}
"""What every template of the atlas speaks with."""


@require_safe
@for_everybody
def index(request: HttpRequest) -> HttpResponse:
    """Every procedure by institution, and what a search found."""
    query = request.GET.get("q", "").replace("\0", "")
    found = find(query) if query.strip() else None
    data = {"query": query, "found": found, "groups": _groups(), "counts": _counts(), "lawcount": len(laws.families())}
    return page(request, "atlas/index.html", WORDS | data, part="atlas/_found.html")


@require_safe
@for_everybody
def procedure(request: HttpRequest, code: str) -> HttpResponse:
    """One procedure: its diagram, the same as tables, its articles, its versions. ``on``: the version of a day."""
    folder = _folder(code)
    version = version_at(folder, _day(request.GET.get("on", "")), _today(request))
    shown = sheet(version, language(request))
    tracks = shown.shown(request.GET.get("part", ""))
    named_once = {(ref.statute.key, number): ref for ref, number in reversed(each(shown.cites(tracks)))}
    articles = [(ref, number, quoted_or_told(ref.statute, number)) for (_, number), ref in reversed(named_once.items())]
    place = folder.versions.index(version)
    before = folder.versions[place - 1] if place else None
    data = {"sheet": shown, "tracks": tracks, "folder": folder, "articles": articles, "before": before, "today": _today(request)}
    return page(request, "atlas/procedure.html", WORDS | data)


@require_safe
@for_everybody
def compared(request: HttpRequest, code: str) -> HttpResponse:
    """What differs between two versions of a procedure: ``from`` and ``to`` are days on which they stood."""
    folder = _folder(code)
    if len(folder.versions) == 1:
        raise Http404(code)
    newer = version_at(folder, _day(request.GET.get("to", "")), _today(request))
    place = max(folder.versions.index(newer), 1)
    older, newer = folder.versions[place - 1], folder.versions[place]
    given = _day(request.GET.get("from", ""))
    if given is not None:
        older = version_at(folder, given, given)
    one, other = sheet(older, language(request)), sheet(newer, language(request))
    data = {"dated": _dated, "folder": folder, "older": older, "newer": newer, "sheet": other, "differences": differences(one, other)}
    return page(request, "atlas/compared.html", WORDS | data)


@require_safe
@for_everybody
def changes(request: HttpRequest) -> HttpResponse:
    """What began and ended on which day."""
    return page(request, "atlas/changes.html", WORDS | {"turns": turns(), "today": _today(request)})


@require_safe
@for_everybody
def statutes(request: HttpRequest) -> HttpResponse:
    """The laws that something rests on."""
    return page(request, "atlas/statutes.html", WORDS | {"families": laws.families(), "today": _today(request)})


@require_safe
@for_everybody
def statute(request: HttpRequest, key: str) -> HttpResponse:
    """One law: its versions, and its articles that something rests on."""
    found = _statute(key)
    articles = [(number, laws.article(found, number)) for number in cited(key)]
    return page(request, "atlas/statute.html", WORDS | {"statute": found, "articles": articles, "today": _today(request)})


@require_safe
@for_everybody
def article(request: HttpRequest, key: str, number: str) -> HttpResponse:
    """One article: its text or our words, its number in other versions, and everything that rests on it."""
    found = _statute(key)
    try:
        found[number]
    except NoSuchArticle as error:
        raise Http404(number) from error
    return page(request, "atlas/article.html", WORDS | {"article": laws.article(found, number), "today": _today(request)})


def quoted_or_told(statute: Statute, number: str) -> tuple[str, T | None, T | None]:
    """(its text, what it is about in our words, what it says in our words)."""
    words = told(statute.key, number)
    text = quoted(statute[number].refs[0])
    return text, words.head if words else None, words.words if words else None


def _groups() -> list[tuple[T, list[tuple[T, list[type[Procedure]]]]]]:
    """Institution → room → procedures, in the order of their folders."""
    out: dict[T, dict[T, list[type[Procedure]]]] = defaultdict(lambda: defaultdict(list))
    for folder in folders().values():
        institution, room = place_of(folder.current)
        out[institution][room].append(folder.current)
    return [(institution, list(rooms.items())) for institution, rooms in out.items()]


def _counts() -> dict[str, tuple[int, int, int]]:
    """Code → how many stages, steps and limits."""
    out = {}
    for code, folder in folders().items():
        tables = compiled(folder.current)
        out[code] = (sum(len(t.stages) - 1 for t in tables.tracks), len(tables.steps), len(tables.limits))
    return out


def _dated(versions: Sequence[type[Procedure]]) -> list[tuple[str, str]]:
    """Versions as choices: by their first day."""
    return [(v.valid_from.isoformat(), v.valid_from.isoformat()) for v in versions]


def _folder(code: str) -> Folder:
    if code not in folders():
        raise Http404(code)
    return folders()[code]


def _statute(key: str) -> Statute:
    if key not in INDEX:
        raise Http404(key)
    return INDEX[key]


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None


def _today(request: HttpRequest) -> date:
    return local(request.at).date()  # type: ignore[attr-defined]  # arrived
