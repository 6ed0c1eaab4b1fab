"""浏览器夹具 · A served city and a real Chromium: desktop and phone, both languages, with and without script, as a stranger or signed in."""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any, Protocol
from urllib.error import URLError
from urllib.request import urlopen

import pytest

pytest.importorskip("playwright", reason="playwright is not installed: journeys in a browser are not tried")
from playwright.sync_api import Browser, BrowserContext, Page, ViewportSize, sync_playwright

from tests.city import city_database, environment
from tests.conftest import PROOF, ROOT
from tests.faces.looks import left, listen
from tianping.casework.database.embedded import Embedded

os.environ.setdefault(
    "DJANGO_ALLOW_ASYNC_UNSAFE", "true"
)  # playwright keeps a loop in this thread; the tests' own queries are as synchronous as ever
DESKTOP: ViewportSize = {"width": 1440, "height": 900}
PHONE: ViewportSize = {"width": 390, "height": 844}
FLAGS = ["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--font-render-hinting=none", "--use-angle=swiftshader"]
SERVE = "from tianping.project.serve import served; served('127.0.0.1', {port}, 1)"


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """At bar size a journey is made in its first way and its last (most often Chinese on a desktop, English on a phone), and pages are looked at in
    one: ``test_every_page`` looks at them all. The proof has every way, and so has who takes the pictures."""
    if PROOF or os.environ.get("TIANPING_PICTURES") == "1":
        return
    ways: dict[str, list[pytest.Item]] = {}
    for item in items:
        if item.path.parent.name == "faces" and isinstance(item, pytest.Function):
            ways.setdefault(f"{item.path.name}::{item.originalname}", []).append(item)
    left = {item for named, same in ways.items() for item in (same[1:] if "every_page" in named.split("::")[1] else same[1:-1])}
    if left:
        config.hook.pytest_deselected(items=list(left))
        items[:] = [item for item in items if item not in left]


def chromium() -> str | None:
    """The browser of this machine; the shell is the same engine without windows, and asks for half as much."""
    names = ("chromium-headless-shell", "chromium", "chromium-browser", "google-chrome")
    return next((found for name in names if (found := shutil.which(name))), None)


@dataclass(frozen=True, slots=True)
class Served:
    """服务中的城市 · Where the city is served, and the name of its database (for tests that look behind a page)."""

    base: str
    database: str


@pytest.fixture(scope="session")
def served(migrated: Embedded, worker_id: str) -> Iterator[Served]:
    """The city, served by granian in a process of its own until the worker is done."""
    with city_database(migrated, f"faces_{worker_id}") as name:
        port = _free_port()
        log = ROOT / "var" / "test-faces"
        log.mkdir(parents=True, exist_ok=True)
        with (log / f"serve-{worker_id}.log").open("w") as told:
            env = environment(migrated, name)
            process = subprocess.Popen([sys.executable, "-c", SERVE.format(port=port)], env=env, cwd=ROOT, stdout=told, stderr=told)
            try:
                base = f"http://127.0.0.1:{port}"
                _awaited(base, process)
                yield Served(base, name)
            finally:
                process.terminate()
                process.wait(30)


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """Debian's Chromium, without a window and without traffic of its own. For a module only: while it runs, its loop holds this thread."""
    path = chromium()
    if path is None:
        pytest.skip("no Chromium here: journeys in a browser are not tried")
    with sync_playwright() as started:
        running = started.chromium.launch(executable_path=path, args=FLAGS)
        yield running
        running.close()


class Visit(Protocol):
    """来访 · Opens a page as some visitor."""

    def __call__(
        self, *, who: str = "", lang: str = "zh", phone: bool = False, script: bool = True, theme: str = "light", size: str = "normal", width: int = 0
    ) -> Page: ...


@dataclass
class Visits:
    """来访 · Contexts of a browser, one for each visitor; who signed in once in this session need not again."""

    browser: Browser
    base: str
    states: dict[str, Any] = field(default_factory=dict)
    open: list[BrowserContext] = field(default_factory=list)

    def __call__(
        self, *, who: str = "", lang: str = "zh", phone: bool = False, script: bool = True, theme: str = "light", size: str = "normal", width: int = 0
    ) -> Page:
        """A page of a visitor, at the first page of nothing: ``who`` is a sample account, signed in; addresses may be written without the host."""
        view: ViewportSize = PHONE if phone else {"width": width or DESKTOP["width"], "height": DESKTOP["height"]}
        context = self.browser.new_context(
            base_url=self.base, viewport=view, has_touch=phone, java_script_enabled=script, storage_state=self._state(who) if who else None,
            locale="en-GB" if lang == "en" else "zh-CN", timezone_id="Asia/Shanghai", reduced_motion="reduce",
        )  # fmt: skip
        context.set_default_timeout(30_000)
        context.add_cookies([{"name": n, "value": v, "url": self.base} for n, v in (("lang", lang), ("theme", theme), ("size", size))])
        self.open.append(context)
        page = context.new_page()
        listen(page, self.base, script=script)
        return page

    def _state(self, who: str) -> Any:
        """The cookies of somebody who signed in with the code that a demonstration shows."""
        if who not in self.states:
            context = self.browser.new_context(base_url=self.base, locale="zh-CN")
            page = context.new_page()
            page.goto("/sign-in?lang=zh")
            page.fill("#username", who)
            page.click("button[name=show]")
            code = page.inner_text(".notice.ok").rpartition("：")[2].strip()
            page.fill("#code", code)
            page.click("main form button:not([name])")
            assert "/sign-in" not in page.url, f"{who} could not sign in"
            self.states[who] = context.storage_state()
            context.close()
        return self.states[who]


@pytest.fixture(scope="session")
def _states() -> dict[str, Any]:
    return {}


@pytest.fixture
def visit(browser: Browser, served: Served, _states: dict[str, Any]) -> Iterator[Visit]:
    """Opens pages: ``visit(who="zhaoshichuan", lang="en", phone=True, script=False)``."""
    visits = Visits(browser, served.base, _states)
    yield visits
    for context in visits.open:
        for one in context.pages:
            left(one)
        context.close()


@pytest.fixture
def page(visit: Visit) -> Page:
    """A stranger's page in Chinese on a desktop."""
    return visit()


@pytest.fixture
def phone(visit: Visit) -> Page:
    """A stranger's page in Chinese on a phone."""
    return visit(phone=True)


def _free_port() -> int:
    with socket.socket() as s:
        s.bind(("127.0.0.1", 0))
        return int(s.getsockname()[1])


def _awaited(base: str, process: subprocess.Popen[bytes]) -> None:
    for _ in range(240):
        if process.poll() is not None:
            break
        try:
            urlopen(f"{base}/sign-in").close()
        except URLError:
            time.sleep(0.25)
        else:
            return
    raise TimeoutError("the city is not served; see var/test-faces")
