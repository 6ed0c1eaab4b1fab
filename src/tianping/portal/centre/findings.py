"""督办事项 · Findings on their way, and one of them: where it stands, whose turn it is, what was done, what may be done."""

from __future__ import annotations

from typing import Final
from urllib.parse import urlencode

from django.http import Http404, HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from tianping.casework.engine.read import snapshot
from tianping.casework.selectors.detail import available_steps, case_detail, clocks_explained
from tianping.casework.selectors.named import names_of
from tianping.casework.watch.elements import watch
from tianping.casework.watch.findings import findings as found_findings
from tianping.casework.watch.words import rule_said, title_said
from tianping.law.text import T
from tianping.portal.centre.rooms import centre_page, seen, stage_titles
from tianping.portal.house.asked import asked, whole
from tianping.portal.house.clocks import Clock, chip, ruler
from tianping.portal.house.doors import for_staff
from tianping.portal.house.rails import rail

SIZE: Final = 50
TOLD: Final = ("subject", "rule", "officer", "opinion", "remedy", "reason")


@for_staff
@require_safe
def findings(request: HttpRequest, stage: str = "") -> HttpResponse:
    """Fifty findings a page, newest first, of a stage or element."""
    return _listed(request, stage or request.GET.get("stage", ""), closed=False)


@for_staff
@require_safe
def closed(request: HttpRequest) -> HttpResponse:
    """Those that have come to their end."""
    return _listed(request, "", closed=True)


def _listed(request: HttpRequest, stage: str, *, closed: bool) -> HttpResponse:
    who = asked(request)
    what, titles = seen(who), stage_titles()
    if stage and stage not in titles:
        raise Http404
    element = request.GET.get("element", "") if request.GET.get("element", "") in {e.code for e in watch().elements} else ""
    rows = found_findings(
        who.actor, stage=stage, element=element, before=whole(request.GET.get("before", "")), closed=closed, size=SIZE
    )  # fmt: skip
    kept = {k: v for k, v in (("stage", stage), ("element", element)) if v}
    here = "/centre/closed" if closed else "/centre/findings"
    named = (("stage", titles.get(stage) if stage else None), ("element", watch().title(element) if element else None))
    on = [(words, f"{here}?" + urlencode({k: v for k, v in kept.items() if k != name})) for name, words in named if words is not None]
    chips = {r.id: chip(Clock(r.opened, r.due, timed=False), who.at) for r in rows if r.due is not None}
    following = f"{here}?" + urlencode({**kept, "before": rows[-1].id}) if len(rows) == SIZE else ""
    data = {"rows": rows, "on": on, "next": following, "chips": chips, "closed": closed, "titles": {e.code: e.title for e in watch().elements}}
    return centre_page(request, what, "findings", data)


@for_staff
@require_safe
def finding(request: HttpRequest, case_id: int) -> HttpResponse:
    """One finding, followed to its end."""
    who = asked(request)
    detail = case_detail(who.actor, case_id, who.at)
    if detail.procedure != watch().finding.procedure:
        raise Http404
    now = snapshot(case_id, who.actor)
    offers = available_steps(who.actor, case_id, who.at, of=now)
    clocks = [c for c in clocks_explained(who.actor, case_id, who.at, of=now) if c.open]
    limits = [(c, Clock(c.since, c.due, timed=False, fixed=c.fixed, provisional=c.provisional)) for c in clocks]
    moves = [(e.step, e.happened) for e in detail.events if e.voids is None and not e.voided]
    accounts = {signer for e in detail.events for signer, _ in e.signers}
    mine = [o for o in offers if o.role]
    data = {
        "d": detail, "rail": rail(now.tables, moves, following=detail.lifecycle < 2),
        "limits": [(c.title, k.when, chip(k, who.at), ruler(k, who.at) if c.since != c.due else None) for c, k in limits],
        "can": [(o.title, f"/desk/cases/{case_id}/do/{o.step}") for o in mine if o.may],
        "cannot": [(o.title, [(r.text, r.cites, "", "") for r in o.reasons], o.step) for o in mine if not o.may],
        "turn": [(o.title, o.who) for o in offers if not o.role],
        "facts": [(now.tables.facts[n][0].title, _said(n, f"{v}")) for n, v in detail.facts.items() if n in TOLD and v],
        "title": title_said(detail.title, *(str(detail.facts.get(name) or "") for name in ("element", "rule", "subject"))),
        "element": watch().title(detail.facts["element"]) if detail.facts.get("element") else None,
        "fix_by": detail.facts.get("fix_by"), "names": names_of(accounts=accounts).accounts,
    }  # fmt: skip
    return centre_page(request, seen(who), "finding", data)


def _said(name: str, answer: str) -> T:
    return rule_said(answer) if name == "rule" else T(answer, answer)
