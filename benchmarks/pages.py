"""页面 · The desk's list of fifty among 100,000 cases, served by granian with two workers: requests a second beside the same page the plain way.

The plain way is Django's own: the ORM with its relations prefetched and its groups counted, rendered by Django's templates, behind the same door,
with the same rows. Both are served at once and asked in turns. Beside them: the same list for somebody who sees all of the cases, the page of one
case, the board's funnel over a referral of every case, the figures of a room, how many statements pages send, and what they weigh.
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
from typing import Any, Final

from benchmarks.crowd import crowd
from benchmarks.data import OUT
from benchmarks.measure import Aim, Figure, Outcome
from tianping.law.text import T

COUNT: Final = 100_000
TURNS, ASKED, FEW, CONNECTIONS, WORKERS = 5, 60, 10, 4, 2
PLACE: Final = OUT / "pages"
OURS, PLAIN, CASE = "Jinja2, selectors", "Django templates, ORM", "case page"
ALL, FUNNEL, FIGURES = "list of all cases", "board: funnel", "board: figures of a room"
QUERIES: Final = 12
"""Statements that the page of a case may send."""
SECOND: Final = 1.0
"""Seconds in which the board opens, at the 95th percentile."""
SERVE: Final = "from tianping.project.serve import served; served('127.0.0.1', {port}, {workers})"
WEIGHT: Final = 200 * 1024
"""Bytes, compressed, of a page with its style and script."""


@dataclass(frozen=True, slots=True)
class Site:
    """站点 · A server, what is asked of it, the cookie that it is asked with, and how often in a turn over each connection."""

    port: int
    path: str
    cookie: str
    asked: int = ASKED


def run() -> list[Outcome]:
    """The pages in turns; then their statements and their weight."""
    with crowd(COUNT, PLACE) as places:
        _pushed()
        clerk, case = _seat(places["tribunal"][5], "Roles.CLERK"), _newest(places["tribunal"][5])
        cookie, above = _cookie(clerk), _cookie(_seat(places["above"][0], "Roles.INSPECTOR"))
        with _served("tianping.project.settings") as ours, _served("benchmarks.peer.pages_settings") as plain:
            sites = {
                OURS: Site(ours, "/desk/", cookie),
                PLAIN: Site(plain, "/desk/", cookie),
                ALL: Site(ours, "/desk/", above),
                CASE: Site(ours, f"/desk/cases/{case}", cookie),
                FUNNEL: Site(ours, "/board/", cookie, FEW),
                FIGURES: Site(ours, "/board/figures/Docking/", cookie, FEW),
            }
            rows = {name: _rows(site) for name, site in sites.items()}
            assert rows[OURS] == rows[PLAIN], f"not the same page: {rows}"
            assert len(_listed(sites[ALL])) == len(_listed(sites[OURS])) == 50, "a full page for either"
            times = _raced(sites)
            weighed = {name: _weight(site) for name, site in sites.items()}
        asked = {name: _asked_of(clerk, site.path) for name, site in sites.items() if name not in (PLAIN, ALL)}
    return [_told(times), _queried(asked), _heavy(weighed)]


def _pushed() -> None:
    """A referral of every case, as the database keeps it for the funnel."""
    from django.db import connection  # noqa: PLC0415 — after Django is set up

    with connection.cursor() as cursor:
        cursor.execute(
            """insert into casework_pushed (case_id, entity, organisation_id, source, sent, closed, outcome, confirmed, confirmation)
            select c.id, 'mediation-1', c.organisation_id, (array['grid', 'union', 'women', 'youth', 'trade'])[1 + c.id % 5], c.opened,
              case when c.id % 10 > 0 then c.opened + interval '16 days' end,
              case when c.id % 10 > 5 then 'settled' when c.id % 10 > 0 then 'failed' else '' end,
              case when c.id % 10 > 7 then c.opened + interval '30 days' end, null
            from casework_case c on conflict do nothing"""
        )
        cursor.execute("analyze casework_pushed")


def _seat(place: tuple[int, int], role: str) -> Any:
    """The account of somebody who holds a role at an institution."""
    from tianping.casework.models import Account, Person, Post, PostRole  # noqa: PLC0415 — after Django is set up

    person = Person.objects.create(name="王示例")
    account = Account.objects.create_user(f"seat-{time.time_ns()}", None, person=person)
    post = Post.objects.create(person=person, organisation_id=place[1], zh="岗位", en="Post", valid_from=date(2020, 1, 1))
    PostRole.objects.create(post=post, role=role, valid_from=date(2020, 1, 1))
    return account


def _newest(tribunal: tuple[int, int]) -> int:
    """One of its newest cases."""
    from tianping.casework.models import Case  # noqa: PLC0415 — after Django is set up

    found = Case.objects.filter(organisation_id=tribunal[1], lifecycle=0, level=0).order_by("-pk").values_list("pk", flat=True)
    return int(found[0])


def _visitor(account: Any) -> Any:
    """Django's own client, signed in."""
    from django.test import Client  # noqa: PLC0415 — after Django is set up

    client = Client(HTTP_HOST="127.0.0.1")
    client.force_login(account, backend="django.contrib.auth.backends.ModelBackend")
    session = client.session
    session["factors"], session["seen"] = ["password", "totp"], int(datetime.now(UTC).timestamp())
    session.save()
    return client


def _cookie(account: Any) -> str:
    """The cookie of somebody signed in."""
    from django.conf import settings  # noqa: PLC0415 — after Django is set up

    return f"{settings.SESSION_COOKIE_NAME}={_visitor(account).cookies[settings.SESSION_COOKIE_NAME].value}"


def _asked_of(account: Any, path: str) -> int:
    """The statements that a page sends, the second time it is asked for."""
    from django.db import connection  # noqa: PLC0415 — after Django is set up
    from django.test.utils import CaptureQueriesContext  # noqa: PLC0415

    client = _visitor(account)
    client.get(path)
    with CaptureQueriesContext(connection) as sent:
        assert client.get(path).status_code == 200, path
    return len(sent)


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
    for _ in range(1200):
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
    threads = [Thread(target=lambda: seen.append(_asked(site, site.asked))) for _ in range(CONNECTIONS)]
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
                out[name][0].append(whole * ASKED / site.asked)
                out[name][1].extend(each)
    return out


def _body(site: Site, path: str = "") -> bytes:
    connection = HTTPConnection("127.0.0.1", site.port, timeout=60)
    connection.request("GET", path or site.path, headers={"Cookie": site.cookie})
    return connection.getresponse().read()


def _rows(site: Site) -> list[str]:
    """The cases that a page lists, in their order."""
    return re.findall(r'name="case" value="(\d+)"', _body(site).decode())


def _listed(site: Site) -> list[str]:
    """The links to cases, each once."""
    return list(dict.fromkeys(re.findall(r'href="/desk/cases/(\d+)"', _body(site).decode())))


def _weight(site: Site) -> int:
    """The page, its style sheets and its scripts, each compressed."""
    page = _body(site)
    files = re.findall(rb'(?:href|src)="(/static/[^"]+\.(?:css|js))"', page)
    return sum(len(gzip.compress(one, 6)) for one in (page, *(_body(site, path.decode()) for path in dict.fromkeys(files))))


# ---- telling -----------------------------------------------------------------------------------------------------------------------


def _told(times: dict[str, tuple[list[float], list[float]]]) -> Outcome:
    asked = ASKED * CONNECTIONS
    figures = [Figure(name, "peer" if name == PLAIN else "ours", median(w), min(w), max(w), asked / median(w)) for name, (w, _) in times.items()]
    rate = {f.name: f.rate for f in figures}
    notes = [T(f"{name}：第 95 百分位 {_p95(each):.1f} 毫秒", f"{name}: 95th percentile {_p95(each):.1f} ms") for name, (_, each) in times.items()]
    title = T("办案台和看板的页面：granian 两个进程，10万案件", "Pages of desk and board: granian, two workers, 100,000 cases")
    aims = [
        Aim(T("列表每秒请求数，与 ORM 加 Django 模板之比", "list: requests a second, to the ORM with Django templates"), rate[OURS] / rate[PLAIN], 2),
        Aim(T("看见10万件的人的列表，与看见2千件的人之比", "list of who sees 100,000, to that of who sees 2,000"), rate[ALL] / rate[OURS], 0.8),
        *(
            Aim(T(f"{name}，第95百分位的秒数", f"{name}: seconds at the 95th percentile"), _p95(times[name][1]) / 1000, SECOND, at_most=True)
            for name in (FUNNEL, FIGURES)
        ),
    ]
    return Outcome(title, T("次请求", "requests"), asked, figures, aims, notes)


def _queried(asked: dict[str, int]) -> Outcome:
    aims = [Aim(T("案件页的查询数", "case page: statements"), asked[CASE], QUERIES, at_most=True)]
    notes = [T(f"{name}：{n} 条查询", f"{name}: {n} statements") for name, n in asked.items()]
    return Outcome(T("页面的查询", "What pages ask of the database"), T("页", "pages"), len(asked), [], aims, notes)


def _p95(each: Sequence[float]) -> float:
    return quantiles(each, n=20)[-1] * 1000


def _heavy(weighed: dict[str, int]) -> Outcome:
    aims = [Aim(T(f"{n}：压缩后字节", f"{n}: bytes, compressed"), w, WEIGHT, at_most=True) for n, w in weighed.items() if n != PLAIN]
    return Outcome(T("页面重量", "What pages weigh"), T("页", "pages"), len(aims), [], aims)
