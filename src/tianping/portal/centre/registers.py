"""登记表页面 · Which registers there are, for which unit and days; each as a page to look at and as PDF or XLSX to print."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Final
from urllib.parse import quote, urlencode

from django.http import Http404, HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from tianping.casework.models import Organisation
from tianping.casework.moments import local
from tianping.casework.watch.entries import told
from tianping.casework.watch.printed import printed
from tianping.casework.watch.registers import register_of
from tianping.casework.watch.registers import registers as known
from tianping.law.text import Lang, T
from tianping.portal.centre.rooms import centre_page, seen
from tianping.portal.house.asked import Asked, asked, whole
from tianping.portal.house.doors import for_staff
from tianping.portal.house.look import look_of

KINDS: Final = {"pdf": "application/pdf", "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"}
SHOWN: Final = 100


@for_staff
@require_safe
def registers(request: HttpRequest) -> HttpResponse:
    """The registers; one of them is shown with its first rows."""
    who = asked(request)
    first, last, unit = _asked_for(request, who)
    chosen = known().get(request.GET.get("register", "")) or next(iter(known().values()))
    found = told(chosen, who.actor, first=first, last=last, unit=unit)
    query = urlencode({k: v for k, v in (("first", first), ("last", found.last), ("unit", unit)) if v})
    data = {
        "registers": list(known().values()), "chosen": chosen, "told": found, "rows": found.rows[:SHOWN], "first": first, "last": found.last,
        "query": query, "units": _units(who), "unit": unit,
    }  # fmt: skip
    return centre_page(request, seen(who), "registers", data)


@for_staff
@require_safe
def register(request: HttpRequest, code: str, kind: str) -> HttpResponse:
    """A register as a file."""
    if kind not in KINDS:
        raise Http404
    who, chosen = asked(request), register_of(code)
    first, last, unit = _asked_for(request, who)
    lang: Lang = look_of(request).lang
    found = told(chosen, who.actor, first=first, last=last, unit=unit)
    content = printed(found, kind, lang=lang, actor=who.actor, at=who.at, institution=_name(unit or who.actor.organisation))
    answer = HttpResponse(content, content_type=KINDS[kind])
    answer.headers["Content-Disposition"] = f"attachment; filename*=UTF-8''{quote(f'{chosen.title.pick(lang)}_{first}.{kind}')}"
    return answer


def _asked_for(request: HttpRequest, who: Asked) -> tuple[date, date, int | None]:
    """The days and the unit that were asked for: the last seven days unless said otherwise."""
    today = local(who.at).date()
    last = _day(request, "last") or today
    first = _day(request, "first") or last - timedelta(days=6)
    return min(first, last), last, whole(request.GET.get("unit", ""))


def _day(request: HttpRequest, name: str) -> date | None:
    """A day as one value, or as three fields of a form."""
    parts = [request.GET.get(f"{name}-{part}", "") for part in ("year", "month", "day")]
    given = request.GET.get(name) or ("-".join((parts[0], parts[1].zfill(2), parts[2].zfill(2))) if all(parts) else "")
    try:
        found = date.fromisoformat(given)
    except ValueError:
        return None
    return found if 1990 <= found.year <= 2100 else None


def _units(who: Asked) -> list[tuple[str, T]]:
    """The institution and those below it."""
    own = Organisation.objects.filter(pk=who.actor.organisation).values_list("path", flat=True).first() or "/"
    rows = Organisation.objects.filter(path__startswith=own).order_by("path")[:200]
    return [(str(o.pk), T(o.zh, o.en)) for o in rows]


def _name(organisation: int) -> T:
    found = Organisation.objects.filter(pk=organisation).first()
    return T("", "") if found is None else T(found.zh, found.en)
