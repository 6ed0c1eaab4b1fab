"""样式页 · Every component in every state, made from real reckonings of the law, in the language of the reader."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from tianping.law.text import T
from tianping.portal.house.doors import for_everybody
from tianping.portal.house.navigation import Group, Link
from tianping.portal.house.page import page
from tianping.portal.style.samples import samples

PARTS = (
    Link(T("四种形状", "The four shapes"), "#shapes"),
    Link(T("颜色", "Colours"), "#colours"),
    Link(T("按钮与表单", "Buttons and forms"), "#forms"),
    Link(T("列表与表格", "Lists and tables"), "#lists"),
    Link(T("图表", "Charts"), "#charts"),
    Link(T("说话的块", "Blocks that speak"), "#blocks"),
)


@require_safe
@for_everybody
def style(request: HttpRequest) -> HttpResponse:
    """The page; ``?frame=citizen`` shows it as a citizen's page is."""
    frame = "citizen" if request.GET.get("frame") == "citizen" else "staff"
    return page(request, "style/page.html", {"frame": f"frames/{frame}.html", **samples()}, nav=(Group(PARTS),))
