"""首页 · The page says what the ledger says, keeps its security policy, and is closed where it is no demonstration."""

from __future__ import annotations

import re

import pytest
from django.test import Client, override_settings

from tests.casework.test_replay import replayed
from tianping.casework.engine.importing import Imported
from tianping.casework.funnel import funnel, total

__all__ = ["replayed"]


@pytest.mark.parametrize(("lang", "word"), [("zh", "调解成功"), ("en", "Settled")])
def test_the_page_shows_the_figures_of_the_ledger(replayed: Imported, lang: str, word: str) -> None:
    with override_settings(TIANPING_DEMO=True):
        answer = Client().get(f"/?lang={lang}")
    text = answer.content.decode()
    counted = total(funnel())
    assert word in text
    assert f"<strong>{counted.settled:,}</strong>" in text
    assert f"<strong>{counted.pushed:,}</strong>" in text
    assert ("工会平台" if lang == "zh" else "Trade unions") in text
    assert "script-src 'self'" in answer.headers["Content-Security-Policy"]
    assert not re.search(r"<script|<style|style=|onclick", text)


def test_it_is_closed_where_it_is_no_demonstration(database: object) -> None:
    with override_settings(TIANPING_DEMO=False):
        assert Client().get("/").status_code == 403
        assert Client().post("/").status_code in (403, 405)
