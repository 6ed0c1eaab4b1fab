"""终端页面 · What a machine in a hall offers, and the end of a visit: everything of the visitor is gone before the next one stands there.

The machine shows the citizen's own pages, made large, each with a bar that ends the visit; a minute without a touch ends it too (with a script
counted from the last touch and announced; without one, from when the page was opened).
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from tianping.law.text import T
from tianping.portal.house.doors import for_everybody
from tianping.portal.house.look import CHOICES, HALL, hall_kept
from tianping.portal.house.navigation import there
from tianping.portal.house.page import page


@dataclass(frozen=True, slots=True)
class Tile:
    """按钮 · One thing to do at the machine, in a verb, with what it takes."""

    title: T
    told: T
    href: str
    picture: str


DRAW: Final = Tile(
    T("取号", "Draw a number"),
    T("到号再办，材料一次告知", "Wait for your number; what is missing is told once"),
    "/begin/service_visit/draw",
    "ticket",
)
TILES: Final = (
    Tile(T("查我的案件", "See my case"), T("案号和查询码，或者手机验证码", "Number and code, or a code on your telephone"), "/follow/", "find"),
    Tile(
        T("有纠纷，想调解", "Settle a dispute"),
        T("一步一步问，告诉您有哪些办法", "One question at a time; the ways there are"),
        "/disputes/",
        "people",
    ),
    Tile(T("起诉、立案", "File a case"), T("网上填写，当场拿收件凭证", "Filled in here; a receipt at once"), "/filing/", "doc"),
    Tile(
        T("算费用和赔偿", "Reckon fees and damages"), T("每一行写明条文，可以打印", "Each line with its article; it prints"), "/calculators/", "yuan"
    ),
    Tile(
        T("云柜存件", "Leave papers in a locker"),
        T("扫身份码开箱，记下存件码", "Open a box with your code, keep the number"),
        "/begin/locker_item/open_box",
        "box",
    ),
    Tile(T("给法官留言", "Write to a judge"), T("可以看是否已读", "You see whether it was read"), "/begin/judge_message/leave", "msg"),
    Tile(T("证件和许可", "Papers and permits"), T("材料、期限、费用", "What to bring, how long, how much"), "/permits/", "shield"),
    Tile(T("办事指南", "Guide"), T("能办哪些事，要填什么，多久答复", "What can be done, what is asked, how soon"), "/guide/", "info"),
)


@never_cache
@for_everybody
@require_safe
def front(request: HttpRequest) -> HttpResponse:
    """The first page of the machine. Opening it makes the browser one of a hall until it is switched off again."""
    answer = page(request, "kiosk/front.html", {"draw": DRAW, "tiles": [tile for tile in TILES if there(tile.href)]})
    hall_kept(answer)
    return answer


@never_cache
@require_safe
def wipe(request: HttpRequest) -> HttpResponse:
    """The end of a visit: session and chosen look are gone, nothing stays in the browser's memory. A request ends its own visit only."""
    request.session.flush()
    answer = HttpResponseRedirect("/kiosk/")
    for name in CHOICES:
        answer.delete_cookie(name)
    answer.headers["Clear-Site-Data"] = '"cache", "storage"'
    return answer


@never_cache
@for_everybody
@require_POST
def off(request: HttpRequest) -> HttpResponse:
    """The machine is an ordinary browser again."""
    request.session.flush()
    answer = HttpResponseRedirect("/")
    answer.delete_cookie(HALL)
    return answer
