"""图册网址 · The addresses of the law atlas."""

from __future__ import annotations

from typing import Final

from django.urls import path

from tianping.portal.atlas import views

urlpatterns: Final = [
    path("atlas/", views.index, name="atlas"),
    path("atlas/changes", views.changes, name="atlas-changes"),
    path("atlas/law/", views.statutes, name="atlas-statutes"),
    path("atlas/law/<str:key>/", views.statute, name="atlas-statute"),
    path("atlas/law/<str:key>/<str:number>", views.article, name="atlas-article"),
    path("atlas/<slug:code>/", views.procedure, name="atlas-procedure"),
    path("atlas/<slug:code>/changes", views.compared, name="atlas-compared"),
]
