"""大厅终端 · Big pages, a bar that ends the visit on each of them, and nothing of one visitor before the eyes of the next."""

from __future__ import annotations

import pytest
from django.test import Client, override_settings


@pytest.fixture
def machine(database: object) -> Client:
    """A browser that has become a machine in a hall."""
    client = Client()
    assert client.get("/kiosk/").status_code == 200
    return client


def signed_in(client: Client, phone: str = "13800007799") -> None:
    with override_settings(TIANPING_DEMO=True):
        page = client.post("/enter", {"phone": phone}).content.decode()
        code = next(part for part in page.replace("<", " ").replace("：", " ").split() if part.isdigit() and len(part) == 6)
        assert client.post("/enter", {"phone": phone, "code": code}).status_code == 302
    assert client.get("/my/").status_code == 200


@pytest.mark.parametrize("path", ["/", "/disputes/", "/calculators/", "/follow/", "/permits/"])
def test_every_page_of_the_machine_can_be_ended_and_ends_by_itself(machine: Client, path: str) -> None:
    answer = machine.get(path)
    page = answer.content.decode()
    assert 'href="/kiosk/wipe"' in page
    assert 'data-idle="50 60"' in page
    assert '<noscript><meta http-equiv="refresh" content="60; url=/kiosk/wipe"></noscript>' in page
    assert 'data-size="large"' in page
    assert "no-store" in answer.headers["Cache-Control"]


def test_an_ordinary_browser_has_none_of_it(database: object) -> None:
    page = Client().get("/").content.decode()
    assert "/kiosk/wipe" not in page
    assert 'data-size="normal"' in page


def test_what_one_visitor_did_the_next_does_not_see(machine: Client) -> None:
    signed_in(machine)
    machine.get("/look?size=normal&next=/")
    answer = machine.get("/kiosk/wipe")
    assert (answer.status_code, answer.headers["Location"]) == (302, "/kiosk/")
    assert "storage" in answer.headers["Clear-Site-Data"]
    after = machine.get("/my/")
    assert after.status_code == 302, "the next visitor is asked for a telephone of his own"
    assert "13800007799" not in machine.get("/").content.decode()
    assert 'data-size="large"' in machine.get("/").content.decode(), "the look of one visitor is not the next one's"


@pytest.mark.parametrize("path", ["/", "/enter", "/follow/", "/sign-in"])
def test_the_browser_is_told_to_keep_nothing_that_is_typed(machine: Client, path: str) -> None:
    page = machine.get(path).content.decode()
    assert page.count("<form") == page.count('<form autocomplete="off"') >= 1
    assert page.count("autocomplete=") == page.count("<form")
    assert 'autocomplete="off"' not in Client().get(path).content.decode()


def test_staff_make_it_an_ordinary_browser_again(machine: Client) -> None:
    assert machine.post("/kiosk/off").status_code == 302
    assert "/kiosk/wipe" not in machine.get("/").content.decode()


@pytest.mark.parametrize(("lang", "words"), [("zh", "取号"), ("en", "Draw a number")])
def test_the_first_page_offers_verbs_in_both_languages(machine: Client, lang: str, words: str) -> None:
    assert words in machine.get(f"/kiosk/?lang={lang}").content.decode()
