"""安全日志页面 · What happened at the door, the newest first, for the audit administrator alone: of a kind, an account, a day."""

from __future__ import annotations

from datetime import date
from typing import Final
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from tianping.casework.models import Account, SecurityEvent
from tianping.casework.security.administration import audit_log
from tianping.casework.security.audit import Kind
from tianping.law.text import T
from tianping.portal.administration.log_words import told
from tianping.portal.administration.rooms import LOG, by_of, for_administrators, room
from tianping.portal.house.asked import whole

SIZE: Final = 50
NO_ACCOUNT: Final = -1
KINDS: Final = {
    Kind.SIGNED_IN: T("登录", "signed in"), Kind.SIGN_IN_FAILED: T("登录失败", "sign-in failed"), Kind.LOCKED_OUT: T("锁定", "locked out"),
    Kind.LOCK_RELEASED: T("解锁", "lock released"), Kind.SIGNED_OUT: T("退出", "signed out"),
    Kind.SECOND_FACTOR_SET: T("绑定第二因素", "second factor set"), Kind.PASSWORD_SET: T("设密码", "password set"),
    Kind.TOKEN_MADE: T("建个人令牌", "token made"), Kind.TOKEN_REVOKED: T("撤销令牌", "token revoked"), Kind.CODE_MADE: T("发验证码", "code made"),
    Kind.ACCOUNT_MADE: T("建账号", "account made"), Kind.ACCOUNT_CLOSED: T("停用账号", "account closed"),
    Kind.ORGANISATION_MADE: T("建机构", "institution made"), Kind.ORGANISATION_RENAMED: T("机构更名", "institution renamed"),
    Kind.ORGANISATION_MOVED: T("机构改隶", "institution moved"), Kind.ORGANISATION_CLOSED: T("机构撤销", "institution closed"),
    Kind.ORGANISATION_MERGED: T("机构合并", "institution merged"), Kind.POST_MADE: T("设岗位", "post made"), Kind.POST_ENDED: T("离任", "post ended"),
    Kind.DEPUTISED: T("代理", "deputy"), Kind.ROLE_GRANTED: T("授予角色", "role granted"), Kind.ROLE_ENDED: T("终止角色", "role ended"),
    Kind.REVEALED: T("查看隐去信息", "looked behind a mask"), Kind.EXPORTED: T("导出", "exported"), Kind.IMPORTED: T("导入", "imported"),
    Kind.DENIED: T("拒绝", "denied"), Kind.IDENTIFIED: T("窗口核验身份", "identity checked at a counter"),
    Kind.UNIDENTIFIED: T("撤销窗口核验", "check of an identity withdrawn"),
    Kind.CALENDAR_LOADED: T("装入放假安排", "calendar loaded"), Kind.PARAMETER_ADDED: T("添加参数", "figure added"),
    Kind.CLOCKS_RENEWED: T("升级后重算期限", "limits reckoned anew after an upgrade"),
    Kind.REGISTERED: T("入册", "entered into a register"), Kind.UNREGISTERED: T("退出名册", "entry of a register ended"),
}  # fmt: skip


@for_administrators("audit")
@require_safe
def log(request: HttpRequest) -> HttpResponse:
    """A page of the log. Nothing here changes it, and the database refuses to."""
    kind = request.GET.get("kind", "") if request.GET.get("kind", "") in set(Kind) else ""
    username, day = request.GET.get("account", "").replace("\0", "").strip()[:60], _day(request)
    actor = Account.objects.filter(username=username).values_list("pk", flat=True).first() or NO_ACCOUNT if username else None
    rows = audit_log(
        by_of(request), before=whole(request.GET.get("before", "")), size=SIZE + 1, kind=Kind(kind) if kind else None, actor=actor, day=day
    )
    kept = {k: v for k, v in (("kind", kind), ("account", username), ("day", day)) if v}
    following = f"{LOG.href}?" + urlencode({**kept, "before": rows[SIZE - 1].pk}) if len(rows) > SIZE else ""
    data = {
        "rows": [(r, told(r.detail)) for r in rows[:SIZE]],
        "names": _names(rows), "kinds": KINDS, "choice": [(k.value, words) for k, words in KINDS.items()],
        "chosen": kind, "account": username, "day": day, "next": following, "unknown": actor == NO_ACCOUNT,
    }  # fmt: skip
    return room(request, "log", data)


def _names(rows: list[SecurityEvent]) -> dict[int, str]:
    """What the accounts that acted are called, in one statement."""
    return dict(Account.objects.filter(pk__in={r.actor for r in rows if r.actor}).values_list("pk", "username"))


def _day(request: HttpRequest) -> date | None:
    """A day as one value, or as three fields of a form."""
    parts = [request.GET.get(f"day-{part}", "")[:4].zfill(width) for part, width in (("year", 4), ("month", 2), ("day", 2))]
    try:
        found = date.fromisoformat(request.GET.get("day") or "-".join(parts))
    except ValueError:
        return None
    return found if 1990 <= found.year <= 2100 else None
