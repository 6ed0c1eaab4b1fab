"""账号页面 · Accounts and posts: the system administrator makes and ends them, the security administrator gives roles, codes, and releases locks."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Final
from urllib.parse import urlencode

from django.http import Http404, HttpRequest, HttpResponse
from django.views.decorators.http import require_http_methods, require_safe

from tianping.casework.moments import local
from tianping.casework.people import reading
from tianping.casework.people.posts import deputise, post_end
from tianping.casework.security import administration as services
from tianping.casework.security.administration import ADMINISTRATORS, ROLES, By
from tianping.law.text import T
from tianping.portal.accounts.locks import lock_released
from tianping.portal.administration.forms import Typed, answered
from tianping.portal.administration.rooms import ACCOUNTS, by_of, for_administrators, room
from tianping.portal.house.asked import whole

SIZE: Final = 50
POSTS: Final = 100
WHERE: Final = ACCOUNTS.href
TITLES: Final = {code: role.title for code, role in ROLES.items()}
BAD_NAME: Final = T("小写字母、数字、点、横线，3至60个", "3 to 60 small letters, digits, dots, dashes")
NO_ACCOUNT: Final = T("没有这个账号", "there is no such account")
Act = Callable[[], str]


@for_administrators("system", "security")
@require_safe
def accounts(request: HttpRequest) -> HttpResponse:
    """Accounts by number, or those whose name holds the words that are looked for."""
    search, after = request.GET.get("q", "").replace("\0", "").strip()[:60], whole(request.GET.get("after", ""), 0) or 0
    rows = services.accounts(by_of(request), after=after, size=SIZE + 1, search=search)
    more = {"after": rows[SIZE - 1].pk} if len(rows) > SIZE else {}
    query = urlencode(({"q": search} if search else {}) | more)
    return room(request, "accounts", {"rows": rows[:SIZE], "q": search, "kinds": ADMINISTRATORS, "next": f"{WHERE}?{query}" if more else ""})


@for_administrators("system")
@require_http_methods(["GET", "HEAD", "POST"])
def made(request: HttpRequest) -> HttpResponse:
    """A new account of a new person."""
    by, data = by_of(request), {"kinds": ADMINISTRATORS}
    if request.method != "POST":
        return room(request, "account_new", data)
    form = Typed(request)
    username, name, kind = form.line("username", 60), form.line("name", 80), form.chosen("administrator", ADMINISTRATORS, optional=True)
    allowed = set("abcdefghijklmnopqrstuvwxyz0123456789_.-")
    if len(username) < 3 or not set(username) <= allowed or username[0] in "_.-":
        form.errors["username"] = BAD_NAME

    def act() -> str:
        return f"{WHERE}/{services.account_create(by, username=username, name=name, administrator=kind).pk}?done=made"

    return answered(request, form, act, "account_new", data)


@for_administrators("system", "security")
@require_http_methods(["GET", "HEAD", "POST"])
def account(request: HttpRequest, number: int) -> HttpResponse:
    """An account with its posts and roles, and what this administrator may do to it."""
    by = by_of(request)
    data = _shown(by, number)
    if request.method != "POST":
        return room(request, "account", data)
    asked_for = request.POST.get("act", "")
    if asked_for == "code" and by.account.administrator == "security":
        return _code(request, by, number, data)
    form = Typed(request)
    acts = _SYSTEM if by.account.administrator == "system" else _SECURITY
    if asked_for not in acts:
        raise Http404
    act = acts[asked_for](form, by, number)
    return answered(request, form, act, "account", data | {"at_act": asked_for})


def _shown(by: By, number: int) -> dict[str, Any]:
    own = reading.account_of(by, number)
    posts = reading.posts_of(by, own, size=POSTS)
    day = local(by.at).date()
    standing = [p for p in posts if p.valid_to is None or p.valid_to >= day]
    choice = [(str(p.pk), T(f"{p.organisation.zh} {p.zh}", f"{p.organisation.en}, {p.en}")) for p in standing]
    roles = [(r, p) for p in standing for r in p.roles.all() if r.valid_to is None or r.valid_to >= day]
    grants = [(str(r.pk), T(f"{TITLES[r.role].zh}（{p.zh}）", f"{TITLES[r.role].en} ({p.en})")) for r, p in roles if r.role in TITLES]
    return {
        "own": own, "posts": posts, "titles": TITLES, "kinds": ADMINISTRATORS, "choice": choice, "grants": grants,
        "roles": sorted(TITLES.items()), "today": day,
    }  # fmt: skip


def _code(request: HttpRequest, by: By, number: int, data: dict[str, Any]) -> HttpResponse:
    """The code is shown once, on the answer itself; the form sent again leads to the account, not to another code."""
    given = ""

    def act() -> str:
        nonlocal given
        given = services.enrolment_code(by, account=number)
        return f"{WHERE}/{number}"

    answer = answered(request, Typed(request), act, "account", data)
    return room(request, "account", data | {"code": given}) if given else answer


def _close(_: Typed, by: By, number: int) -> Act:
    def act() -> str:
        services.account_close(by, account=number)
        return f"{WHERE}/{number}?done=closed"

    return act


def _post(form: Typed, by: By, number: int) -> Act:
    where, zh, en = form.organisation("organisation"), form.line("zh", 80), form.line("en", 120)
    first, last = form.must_day("valid_from"), form.day("valid_to", optional=True)

    def act() -> str:
        assert where is not None
        services.post_create(by, account=number, organisation=where, title=T(zh, en), valid_from=first, valid_to=last)
        return f"{WHERE}/{number}?done=post"

    return act


def _end_post(form: Typed, by: By, number: int) -> Act:
    post, last = _own(form, "post", by, number), form.must_day("last")

    def act() -> str:
        post_end(by, post=post, last=last)
        return f"{WHERE}/{number}?done=ended"

    return act


def _deputise(form: Typed, by: By, number: int) -> Act:
    """Somebody acts for a post of this account's person."""
    post, name, zh, en = _own(form, "deputy_post", by, number), form.line("deputy", 60), form.line("deputy_zh", 80), form.line("deputy_en", 120)
    first, last = form.must_day("deputy_from"), form.must_day("deputy_to")
    deputy = reading.account_named(by, name)
    if deputy is None:
        form.errors.setdefault("deputy", NO_ACCOUNT)

    def act() -> str:
        assert deputy is not None
        deputise(by, post=post, deputy=deputy.pk, title=T(zh, en), valid_from=first, valid_to=last)
        return f"{WHERE}/{number}?done=deputised"

    return act


def _role(form: Typed, by: By, number: int) -> Act:
    post, role = _own(form, "post", by, number), form.chosen("role", TITLES)
    first, last = form.must_day("valid_from"), form.day("valid_to", optional=True)

    def act() -> str:
        services.role_grant(by, post=post, role=role, valid_from=first, valid_to=last)
        return f"{WHERE}/{number}?done=role"

    return act


def _end_role(form: Typed, by: By, number: int) -> Act:
    grant, last = form.chosen("grant", dict(_shown(by, number)["grants"])), form.must_day("last")

    def act() -> str:
        services.role_end(by, grant=int(grant), last=last)
        return f"{WHERE}/{number}?done=ended"

    return act


def _unlock(_: Typed, by: By, number: int) -> Act:
    def act() -> str:
        lock_released(by, account=number)
        return f"{WHERE}/{number}?done=unlocked"

    return act


def _own(form: Typed, name: str, by: By, number: int) -> int:
    """A post that stands, of this account's person."""
    said = form.chosen(name, dict(_shown(by, number)["choice"]))
    return int(said) if name not in form.errors else 0


_SYSTEM: Final[dict[str, Callable[[Typed, By, int], Act]]] = {
    "close": _close, "post": _post, "end_post": _end_post, "deputise": _deputise,
}  # fmt: skip
_SECURITY: Final[dict[str, Callable[[Typed, By, int], Act]]] = {"role": _role, "end_role": _end_role, "unlock": _unlock}
