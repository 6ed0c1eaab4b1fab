"""文书网址 · Every address of the pages of documents."""

from __future__ import annotations

from typing import Final

from django.urls import path

from tianping.portal.house.numbers import ID
from tianping.portal.writs.views import draft, drop, edit, file, issue, listed, one, preview, publish, restore

assert ID
urlpatterns: Final = [
    path("<id:case_id>/", listed, name="writs"),
    path("<id:case_id>/from/<str:template>", draft, name="writ-draft"),
    path("<id:case_id>/<id:number>", one, name="writ"),
    path("<id:case_id>/<id:number>/preview", preview, name="writ-preview"),
    path("<id:case_id>/<id:number>/file/<str:which>", file, name="writ-file"),
    path("<id:case_id>/<id:number>/edit", edit, name="writ-edit"),
    path("<id:case_id>/<id:number>/restore", restore, name="writ-restore"),
    path("<id:case_id>/<id:number>/issue", issue, name="writ-issue"),
    path("<id:case_id>/<id:number>/drop", drop, name="writ-drop"),
    path("<id:case_id>/<id:number>/public", publish, name="writ-public"),
]
