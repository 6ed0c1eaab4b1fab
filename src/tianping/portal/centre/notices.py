"""通报记录 · What was sent out of the house, to which robot, when, and how often it was tried."""

from __future__ import annotations

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from tianping.casework.alarms.postings import PAGE, postings
from tianping.law.text import T
from tianping.portal.centre.rooms import centre_page, seen
from tianping.portal.errors import NotAllowed
from tianping.portal.house.asked import asked, whole
from tianping.portal.house.doors import for_staff

WHY = T("通报记录由法制、案管、督察和负责人查看", "messages are looked at by reviewers, case managers, inspectors and heads")
TODO = T("请由有此岗位的人员查看。", "Somebody who holds such a post looks at them.")


@for_staff
@require_safe
def notices(request: HttpRequest) -> HttpResponse:
    """Fifty messages a page, newest first."""
    what = seen(asked(request))
    if not what.messages:
        raise NotAllowed(why=WHY, todo=TODO)
    rows = postings(before=whole(request.GET.get("before", "")))
    data = {"demo": settings.TIANPING_DEMO, "rows": rows, "next": f"?before={rows[-1].pk}" if len(rows) == PAGE else ""}
    return centre_page(request, what, "notices", data)
