"""页面 · The desk's list of fifty among 100,000 cases, served by granian with two workers: requests a second beside the same page the plain way.

The plain way is Django's own: the ORM with its relations prefetched and its groups counted, rendered by Django's templates, behind the same door,
with the same rows. Both are served at once and asked in turns. Beside it the page of one case, and what pages weigh.
"""

from __future__ import annotations

import gzip
import os
import re
import socket
import subprocess
import sys
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, date, datetime
from http.client import HTTPConnection
from statistics import median, quantiles
from threading import Thread
from typing import Final

from benchmarks.crowd import crowd
from benchmarks.data import OUT
from benchmarks.measure import Aim, Figure, Outcome, Part
from tianping.law.text import T

COUNT: Final = 100_000
TURNS, ASKED, CONNECTIONS, WORKERS = 5, 60, 4, 2
PLACE: Final = OUT / "pages"
OURS, PLAIN, CASE = "Jinja2, selectors", "Django templates, ORM", "case page"
SERVE: Final = "from tianping.project.serve import served; served('127.0.0.1', {port}, {workers})"
WEIGHT: Final = 200 * 1024
"""Bytes, compressed, of a page with its style and script."""


@dataclass(frozen=True, slots=True)
class Site:
    """站点 · A server, what is asked of it, and the cookie that it is asked with."""

    port: int
    path: str
    cookie: str


def run() -> list[Outcome]:
    """The list, the plain list and the page of a case in turns; then their weight."""
    with crowd(COUNT, PLACE) as places:
        cookie, case = _clerk(places["tribunal"][5])
        with _served("tianping.project.settings") as ours, _served("benchmarks.peer.pages_settings") as plain:
            sites = {
                OURS: Site(ours, "/desk/", cookie),
                PLAIN: Site(plain, "/desk/", cookie),
                CASE: Site(ours, f"/desk/cases/{case}", cookie),
            }
            rows = {name: _rows(site) for name, site in sites.items()}
            assert rows[OURS] == rows[PLAIN], f"not the same page: {rows}"
            times = _raced(sites)
            weighed = {name: _weight(site) for name, site in sites.items()}
    return [_told(times), _heavy(weighed)]


def _clerk(tribunal: tuple[int, int]) -> tuple[str, int]:
    """Somebody who works at a tribunal, signed in, and one of its newest cases."""
    from django.conf import settings  # noqa: PLC0415 — after Django is set up
    from django.test import Client  # noqa: PLC0415

    from tianping.casework.models import Account, Case, Person, Post, PostRole  # noqa: PLC0415

    person = Person.objects.create(name="王示例")
    account = Account.objects.create_user(f"clerk-{time.time_ns()}", None, person=person)
    post = Post.objects.create(person=person, organisation_id=tribunal[1], zh="书记员", en="Clerk", valid_from=date(2020, 1, 1))
    PostRole.objects.create(post=post, role="Roles.CLERK", valid_from=date(2020, 1, 1))
    client = Client()
    client.force_login(account, backend="django.contrib.auth.backends.ModelBackend")
    session = client.session
    session["factors"], session["seen"] = ["password", "totp"], int(datetime.now(UTC).timestamp())
    session.save()
    case = Case.objects.filter(organisation_id=tribunal[1], lifecycle=0, level=0).order_by("-pk").values_list("pk", flat=True)[0]
    return f"{settings.SESSION_COOKIE_NAME}={client.cookies[settings.SESSION_COOKIE_NAME].value}", case


@contextmanager
def _served(settings: str) -> Iterator[int]:
    """A server of its own on a free port."""
    with socket.socket() as s:
        s.bind(("127.0.0.1", 0))
        port = int(s.getsockname()[1])
    rates = {f"TIANPING_RATE_{name}": "100000000" for name in ("SIGN_IN", "ADDRESS", "ACCOUNT")}
    env = {**os.environ, **rates, "DJANGO_SETTINGS_MODULE": settings, "TIANPING_VAR": str(PLACE)}
    with (OUT / f"pages-{settings}.log").open("w") as log:
        code = SERVE.format(port=port, workers=WORKERS)
        process = subprocess.Popen([sys.executable, "-c", code], env=env, stdout=log, stderr=log)
        try:
            _awaited(port)
            yield port
        finally:
            process.terminate()
            process.wait(30)


def _awaited(port: int) -> None:
    for _ in range(240):
        try:
            socket.create_connection(("127.0.0.1", port), 1).close()
        except OSError:
            time.sleep(0.25)
        else:
            return
    raise TimeoutError("no server")


# ---- asking ------------------------------------------------------------------------------------------------------------------------


def _asked(site: Site, times: int) -> list[float]:
    """So many requests one after another over one connection: the seconds of each."""
    connection = HTTPConnection("127.0.0.1", site.port, timeout=60)
    out = []
    for _ in range(times):
        begun = time.perf_counter()
        connection.request("GET", site.path, headers={"Cookie": site.cookie})
        answer = connection.getresponse()
        answer.read()
        assert answer.status == 200, (site.path, answer.status)
        out.append(time.perf_counter() - begun)
    connection.close()
    return out


def _turn(site: Site) -> tuple[float, list[float]]:
    """A turn: several connections at once; how long it took in all, and each request."""
    seen: list[list[float]] = []
    threads = [Thread(target=lambda: seen.append(_asked(site, ASKED))) for _ in range(CONNECTIONS)]
    begun = time.perf_counter()
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(seen) == CONNECTIONS, "a connection failed"
    return time.perf_counter() - begun, [t for one in seen for t in one]


def _raced(sites: dict[str, Site]) -> dict[str, tuple[list[float], list[float]]]:
    """Turn by turn, each site once; the first turn is for warmth."""
    out: dict[str, tuple[list[float], list[float]]] = {name: ([], []) for name in sites}
    for turn in range(TURNS + 1):
        for name, site in list(sites.items())[:: 1 if turn % 2 else -1]:
            whole, each = _turn(site)
            if turn:
                out[name][0].append(whole)
                out[name][1].extend(each)
    return out


def _body(site: Site, path: str = "") -> bytes:
    connection = HTTPConnection("127.0.0.1", site.port, timeout=60)
    connection.request("GET", path or site.path, headers={"Cookie": site.cookie})
    return connection.getresponse().read()


def _rows(site: Site) -> list[str]:
    """The cases that a page lists, in their order."""
    return re.findall(r'name="case" value="(\d+)"', _body(site).decode())


def _weight(site: Site) -> int:
    """The page, its style sheets and its scripts, each compressed."""
    page = _body(site)
    files = re.findall(rb'(?:href|src)="(/static/[^"]+\.(?:css|js))"', page)
    return sum(len(gzip.compress(one, 6)) for one in (page, *(_body(site, path.decode()) for path in dict.fromkeys(files))))


# ---- telling -----------------------------------------------------------------------------------------------------------------------


def _told(times: dict[str, tuple[list[float], list[float]]]) -> Outcome:
    asked = ASKED * CONNECTIONS
    parts: dict[str, Part] = {OURS: "ours", PLAIN: "peer", CASE: "ours"}
    figures = [Figure(name, parts[name], median(w), min(w), max(w), asked / median(w)) for name, (w, _) in times.items()]
    ratio = next(f for f in figures if f.name == OURS).rate / next(f for f in figures if f.name == PLAIN).rate
    notes = [T(f"{name}：第 95 百分位 {_p95(each):.1f} 毫秒", f"{name}: 95th percentile {_p95(each):.1f} ms") for name, (_, each) in times.items()]
    title = T("办案台页面：granian 两个进程，10万案件", "Pages of the desk: granian, two workers, 100,000 cases")
    aim = Aim(T("列表每秒请求数，与 ORM 加 Django 模板之比", "list: requests a second, to the ORM with Django templates"), ratio, 2)
    return Outcome(title, T("次请求", "requests"), asked, figures, [aim], notes)


def _p95(each: Sequence[float]) -> float:
    return quantiles(each, n=20)[-1] * 1000


def _heavy(weighed: dict[str, int]) -> Outcome:
    aims = [Aim(T(f"{n}：压缩后字节", f"{n}: bytes, compressed"), w, WEIGHT, at_most=True) for n, w in weighed.items() if n != PLAIN]
    return Outcome(T("页面重量", "What pages weigh"), T("页", "pages"), len(aims), [], aims)
