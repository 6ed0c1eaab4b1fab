"""看板网址 · The addresses of the board."""

from __future__ import annotations

from typing import Final

from django.urls import path

from tianping.portal.board import views

urlpatterns: Final = [
    path("board/", views.index, name="board"),
    path("board/cases/<str:mark>", views.cases, name="board-cases"),
    path("board/export.<str:form>", views.export, name="board-export"),
    path("board/figures/", views.figures, name="board-figures"),
    path("board/institutions/<str:institution>/", views.figures, name="board-institution"),
    path("board/figures/<str:room>/", views.figures_of, name="board-room"),
    path("board/figures/<str:room>/export.<str:form>", views.figure_export, name="board-room-export"),
    path("board/figures/<str:room>/<str:name>/export.<str:form>", views.figure_export, name="board-figure-export"),
    path("board/figures/<str:room>/<str:name>", views.figure, name="board-figure"),
    path("board/figures/<str:room>/<str:name>/cases", views.figure_cases, name="board-figure-cases"),
]
