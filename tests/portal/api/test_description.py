"""接口说明 · The description names every field of every step, each error, and stands on a page that needs nobody else's files."""

from __future__ import annotations

import gc
import json
import re
import textwrap
from collections import Counter
from pathlib import Path
from types import ModuleType
from typing import Any, cast

import pytest
from django.contrib.staticfiles import finders
from django.template import engines
from django.test import Client
from django.urls import Resolver404, URLPattern, URLResolver, get_resolver
from django.urls.resolvers import RegexPattern, RoutePattern
from ninja import Schema

from tianping.casework.engine import registered
from tianping.casework.engine.registered import folders
from tianping.law.errors import REGISTER
from tianping.portal.api.branches import Branch, branched
from tianping.portal.api.problems import STATUSES
from tianping.portal.api.urls import Unnamed, description, the_api
from tianping.portal.api.writing import typed_router
from tianping.procedure.tables import compiled
from tianping.project.warming import warmed


def document() -> dict[str, Any]:
    read: dict[str, Any] = json.loads(the_api().described)
    return read


def test_every_question_of_every_step_is_a_described_field() -> None:
    spec = document()
    seen = 0
    for code, folder in folders().items():
        for version in folder.versions:
            for row in compiled(version).steps:
                path = f"/api/v1/cases/{{case_id}}/steps/{code}/{row.step.code}"
                if path not in spec["paths"] or not row.step.asks:
                    continue
                model = spec["components"]["schemas"][f"{code}-{row.step.code.replace('.', '-')}-facts"]
                for fact in row.step.asks:
                    words = model["properties"][fact.name]["description"]
                    assert fact.title.zh in words or "·" in words
                    seen += 1
    assert seen > 150


def test_every_operation_declares_its_errors_and_no_two_models_share_a_name() -> None:
    spec = document()
    for path, methods in spec["paths"].items():
        for method, op in methods.items():
            assert {"401", "403", "422", "429"} <= set(op["responses"]) or "sign-in" in path, (method, path)
            assert op["summary"].count("·") >= 1, (method, path)
    names = [op["operationId"] for methods in spec["paths"].values() for op in methods.values()]
    assert not [n for n, times in Counter(names).items() if times > 1]
    ours = Counter(c.__name__ for c in _models(Schema) if c.__module__.startswith("tianping."))
    assert not [n for n, times in ours.items() if times > 1]


def _models(base: type[Any]) -> list[type[Any]]:
    return [c for child in base.__subclasses__() for c in (child, *_models(child))]


def test_every_error_with_a_status_exists() -> None:
    assert get_resolver().url_patterns  # the whole portal is imported, whatever ran before
    assert set(STATUSES) <= set(REGISTER)


def test_the_page_needs_nobody_elses_files_and_no_inline_script() -> None:
    page = Client().get("/api/v1/docs")
    text = page.content.decode()
    linked = re.findall(r'<(?:script|link|img)[^>]* (?:src|href)="([^"]+)"', text)
    assert linked
    for address in linked:
        assert address.startswith("/static/"), address
        name = re.sub(r"\.[0-9a-f]{12}(?=\.\w+$)", "", address.removeprefix("/static/"))  # with its digest where files have been gathered
        assert finders.find(name), address
    assert not re.findall(r'href="(?:https?:)?//', text)
    assert not re.search(r"<script>|<style|style=|onclick=", text)
    policy = page.headers["Content-Security-Policy"]
    assert "default-src 'none'" in policy
    assert "unsafe" not in policy


def test_a_procedure_of_a_further_root_has_its_addresses_at_once(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    folder = tmp_path / "procedures" / "letters"
    folder.mkdir(parents=True)
    (folder / "procedure.py").write_text(
        textwrap.dedent('''
        """信件 · Letters."""
        from datetime import date
        from tianping.law.statutes import CPL23
        from tianping.law.text import T
        from tianping.procedure.contracts.roles import Roles
        from tianping.procedure.grammar import NEW, Fact, Procedure, Stage, Step

        class Letter(Procedure):
            title = T("信件", "Letters")
            code = "letters"
            valid_from = date(2020, 1, 1)
            pages = Fact(int, T("页数", "Pages"))
            come = Stage(T("收到", "Received"))
            gone = Stage(T("办结", "Done"), end=True)
            receive = Step(NEW >> come, T("收信", "Receive"), by=Roles.CLERK, asks=(pages,), cites=CPL23[122])
            answer = Step(come >> gone, T("复信", "Answer"), by=Roles.CLERK, cites=CPL23[122])
        ''')
    )
    monkeypatch.setattr(registered, "ROOTS", [tmp_path])
    folders.cache_clear()
    try:
        paths = set(typed_router().path_operations)
    finally:
        monkeypatch.undo()
        folders.cache_clear()
    assert {"/procedures/letters/cases/Letter.receive", "/cases/{case_id}/steps/letters/Letter.answer"} <= paths


def test_a_process_that_serves_makes_everything_before_it_is_asked() -> None:
    warmed()
    try:
        names = engines["jinja2"].env.list_templates(extensions=["html"])  # type: ignore[attr-defined]  # Django's types know no Jinja2
        assert len(names) > 100
        assert all(any(name in key for key in engines["jinja2"].env.cache) for name in names)  # type: ignore[attr-defined]  # as above
        assert gc.get_freeze_count() > 0
        assert gc.isenabled()
    finally:
        gc.unfreeze()


class Never:
    """Addresses that nobody may make."""

    @property
    def urlpatterns(self) -> list[Any]:
        raise AssertionError("made by looking for the name of another page")


def test_to_find_the_address_of_another_page_does_not_make_the_api() -> None:
    lazy = Unnamed(RoutePattern("api/v1/"), cast(ModuleType, Never()), {}, "api", "api")
    root = URLResolver(RegexPattern("^/"), [lazy, URLPattern(RoutePattern("elsewhere", is_endpoint=True), description, name="elsewhere")])
    assert root.reverse("elsewhere") == "elsewhere"
    with pytest.raises(AssertionError):
        root.resolve("/api/v1/cases")


def test_an_address_is_found_by_its_words_and_is_the_one_that_trying_all_would_find() -> None:
    plain = the_api().urls[0]
    flat, grouped = (kind(RoutePattern("api/v1/"), held, {}, "api", "api") for kind, held in ((URLResolver, plain), (Branch, branched(plain))))
    addresses = ["api/v1/" + re.sub("<[^>]+>", "1", str(p.pattern)) for p in plain[:60] + plain[60::23]]
    for address in addresses:
        one, other = flat.resolve(address), grouped.resolve(address)
        assert (one.func, one.kwargs, one.route, one.view_name) == (other.func, other.kwargs, other.route, other.view_name), address
        assert len(other.tried or []) < 60, address
    for wrong in ("api/v1/nothing", "api/v1/cases/1/steps/nothing/x", "api/v1/procedures/pre_filing/cases/", "elsewhere"):
        with pytest.raises(Resolver404):
            grouped.resolve(wrong)
