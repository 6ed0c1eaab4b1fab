"""列表、详情与检索 · Pages of 50 among a million cases for every kind of user, one case whole, titles: milliseconds, and blocks touched.

Beside it the same pages as Django's own ``EXISTS`` makes them. The number of blocks says what milliseconds on a busy machine do not.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from random import Random
from statistics import median, quantiles
from time import perf_counter
from typing import Any, Final, Literal

from benchmarks.crowd import CAUSES, DETAILED, crowd
from benchmarks.measure import Aim, Figure, Outcome, Part
from tianping.law.text import T

Order = Literal["opened", "due"]
ORDERS: Final[tuple[Order, ...]] = ("opened", "due")
COUNT, QUICK = 1_000_000, 50_000
TIMES, PEER_TIMES, LIKES = 200, 10, 5
PATIENCE: Final = 20_000
"""Milliseconds after which the peer's query is given up."""
AT: Final = datetime(2026, 11, 20, tzinfo=UTC)
PAGES: Final = T("页（每页 50 件）", "pages of 50")
CASES: Final = T("件", "cases")
P95: Final = T("第 95 百分位，毫秒", "95th percentile, ms")
BLOCKS: Final = T("触及的数据块，最多", "blocks touched, at most")
STATEMENTS: Final = T("语句数", "statements")
RECALL: Final = T("与 LIKE 相比的查全率", "recall against LIKE")
KINDS: Final = {
    "name": T("人名三字", "a name"),
    "pair": T("人名两字", "two characters of a name"),
    "common": T("常见案由", "a common cause"),
    "two": T("两个词", "two words"),
    "one": T("一个字", "one character"),
}
OURS, ORM = "case_list", "Django ORM, EXISTS"


@dataclass(frozen=True, slots=True)
class User:
    """用户 · A kind of user: its name, and the keys and clearance of one of them."""

    name: T
    keys: Callable[[Random], list[int]]
    clearance: int = 0


def run(count: int = COUNT) -> list[Outcome]:
    """Lists by opening and by last day, first pages and deep ones; details; searches."""
    with crowd(count) as places:
        users = _users(places)
        out = [_listed(user, order, count) for order in ORDERS for user in users]
        return [*out, _detailed(places, count), *(_searched(user, kind, count) for user in users[:4] for kind in KINDS)]


def quick() -> list[Outcome]:
    """The same on few cases: whether it runs, not how fast it is."""
    return run(QUICK)


def _users(places: dict[str, Any]) -> list[User]:
    tribunal, body, second = ([key for key, _ in places[kind]] for kind in ("tribunal", "body", "second"))
    above = places["above"][0][0]
    return [
        User(T("书记员（一把钥匙，2万件）", "clerk: one key, 20,000 cases"), lambda r: [r.choice(tribunal[2:])]),
        User(T("书记员（五把钥匙）", "clerk: five keys"), lambda r: [r.choice(tribunal[2:]), *r.sample(body, 4)]),
        User(T("调解员（300件）", "mediator: 300 cases"), lambda r: [r.choice(body)]),
        User(T("上级（一把钥匙，全部案件）", "institution above: one key, all cases"), lambda _: [above]),
        User(T("监督者（70把钥匙）", "supervisor: 70 keys"), lambda _: [*tribunal, *second]),
        User(T("书记员（案件全是最早的）", "clerk whose cases are the oldest"), lambda _: [tribunal[0]]),
        User(T("书记员（最近的案件全部封存，无权）", "clerk whose newest cases are all sealed to it"), lambda _: [tribunal[1]]),
        User(T("书记员（有权看封存案件）", "clerk who is cleared"), lambda _: [tribunal[1]], 1),
    ]


# ---- lists ---------------------------------------------------------------------------------------------------------------------------


def _listed(user: User, order: Order, count: int) -> Outcome:
    from tianping.casework.selectors.lists import case_list  # noqa: PLC0415 — needs Django set up

    random = Random(3)
    asks = [(_actor(user, random), _mark(order, random, count) if n % 2 else None) for n in range(TIMES)]

    def page(ask: tuple[Any, str | None]) -> object:
        return case_list(ask[0], at=AT, order=order, after=ask[1])

    ours, blocks = _timed(page, asks), _blocks(page, asks[::10])
    peer, lost = _peer(order, [actor for actor, _ in asks[:PEER_TIMES]])
    title = T("按立案先后列表", "list by opening") if order == "opened" else T("按期限列表", "list by last day")
    aims = [Aim(P95, _p95(ours) * 1e3, 10, at_most=True), Aim(BLOCKS, blocks, 2_000, at_most=True)]
    notes = [T("同类有 {n} 次超过 {s} 秒而放弃", "the peer was given up {n} times, after {s} s").fill(n=lost, s=PATIENCE // 1000)] if lost else []
    return Outcome(_named(title, user), PAGES, count, [_figure(OURS, "ours", ours), _figure(ORM, "peer", peer)], aims, notes)


def _mark(order: Order, random: Random, count: int) -> str:
    """Somewhere deep in a list."""
    case = random.randrange(count // 20, count)
    return str(case) if order == "opened" else f"{case}~2026-12-{random.randrange(1, 29):02d} 00:00:00+00"


def _peer(order: Order, actors: Iterable[Any]) -> tuple[list[float], int]:
    from django.db import OperationalError, connection  # noqa: PLC0415
    from django.db.models import Exists, OuterRef  # noqa: PLC0415

    from tianping.casework.models import Case, Visibility  # noqa: PLC0415

    times, lost = [], 0
    with connection.cursor() as cursor:
        cursor.execute(f"set statement_timeout = {PATIENCE}")
    for actor in actors:
        may = Visibility.objects.filter(case_id=OuterRef("pk"), key_id__in=actor.keys, level__lte=actor.clearance)
        cases = Case.objects.filter(Exists(may))
        begun = perf_counter()
        try:
            list(cases.order_by("-id")[:50] if order == "opened" else cases.filter(lifecycle=0).order_by("due", "id")[:50])
        except OperationalError:
            lost += 1
        times.append(perf_counter() - begun)
        if sum(times) > 2 * PATIENCE / 1000:
            break
    with connection.cursor() as cursor:
        cursor.execute("set statement_timeout = 0")
    return times, lost


# ---- one case, and titles --------------------------------------------------------------------------------------------------------------


def _detailed(places: dict[str, Any], count: int) -> Outcome:
    from django.db import connection  # noqa: PLC0415
    from django.test.utils import CaptureQueriesContext  # noqa: PLC0415

    from tianping.casework.engine.actors import Actor  # noqa: PLC0415
    from tianping.casework.models import Clock, Event, Party, Run  # noqa: PLC0415
    from tianping.casework.selectors.detail import case_detail  # noqa: PLC0415

    random, above = Random(5), places["above"][0][0]
    actor = Actor("a", 0, frozenset({"Roles.PRESIDENT"}), (above,), clearance=1)
    asks = [random.randrange(max(1, count - DETAILED + 1), count + 1) for _ in range(TIMES * 2)]
    ours = _timed(lambda case: case_detail(actor, case, AT), asks)
    with CaptureQueriesContext(connection) as asked:
        case_detail(actor, asks[0], AT)

    def peer(case: int) -> None:
        from tianping.casework.models import Case  # noqa: PLC0415

        Case.objects.select_related("definition", "organisation").get(pk=case)
        for rows in (Event, Clock, Run, Party):
            list(rows.objects.filter(case_id=case))

    aims = [Aim(P95, _p95(ours) * 1e3, 3, at_most=True), Aim(STATEMENTS, len(asked), 2, at_most=True)]
    figures = [_figure("case_detail", "ours", ours), _figure("Django ORM, a query a table", "peer", _timed(peer, asks[:TIMES]))]
    note = T("8 个事件、3 个时钟、2 条线、2 名当事人", "8 events, 3 clocks, 2 runs, 2 parties")
    return Outcome(T("一件案件的详情", "one case whole"), CASES, count, figures, aims, [note])


def _searched(user: User, kind: str, count: int) -> Outcome:
    from tianping.casework.selectors.search import case_search  # noqa: PLC0415 — needs Django set up

    random = Random(kind)
    titles = _titles(count, random)
    asks = [(_actor(user, random), _words(kind, random, titles)) for _ in range(TIMES // 2)]
    ours = _timed(lambda ask: case_search(ask[0], ask[1], at=AT), asks)
    found, wanted, peer = 0, 0, []
    for actor, words in asks[:: TIMES // 2 // LIKES]:
        begun = perf_counter()
        like = _like(actor, words)
        peer.append(perf_counter() - begun)
        found += len(set(like) & {r.id for r in case_search(actor, words, at=AT).rows})
        wanted += len(like)
    title = T("检索标题：{kind}", "search of titles: {kind}").fill(kind=KINDS[kind])
    aims = [Aim(P95, _p95(ours) * 1e3, 100, at_most=True), Aim(RECALL, found / wanted if wanted else 1.0, 1)]
    return Outcome(_named(title, user), CASES, count, [_figure("case_search", "ours", ours), _figure("LIKE", "peer", peer)], aims)


def _titles(count: int, random: Random) -> list[tuple[str, str]]:
    from tianping.casework.models import SearchRow  # noqa: PLC0415

    some = [random.randrange(1, count + 1) for _ in range(200)]
    return list(SearchRow.objects.filter(case_id__in=some).values_list("title", "masked"))


def _words(kind: str, random: Random, titles: Sequence[tuple[str, str]]) -> str:
    title = random.choice(titles)[0]
    return {
        "name": title[:3], "pair": title[1:3], "common": random.choice(CAUSES)[:4], "two": f"{title[:2]} {title[-4:-2]}", "one": random.choice(title),
    }[kind]  # fmt: skip


def _like(actor: Any, words: str) -> list[int]:
    """The newest 50 that plain LIKE finds, each title as the actor sees it."""
    from django.db import connection  # noqa: PLC0415

    from tianping.casework.access.probe import SEEN, probe_of  # noqa: PLC0415

    with connection.cursor() as cursor:
        cursor.execute(
            f"""with t as materialized (select case_id, title, masked from casework_searchrow
              where title like all(%(likes)s::text[]) or masked like all(%(likes)s::text[]))
            select c.id from t join casework_case c on c.id = t.case_id {SEEN}
            where s.held is not null and (case when 'handle' = any(s.held) then t.title else t.masked end) like all(%(likes)s::text[])
            order by c.id desc limit 50""",
            probe_of(actor) | {"likes": [f"%{w}%" for w in words.split()]},
        )
        return [row[0] for row in cursor.fetchall()]


# ---- measuring -----------------------------------------------------------------------------------------------------------------------


def _actor(user: User, random: Random) -> Any:
    from tianping.casework.engine.actors import Actor  # noqa: PLC0415 — needs Django set up

    return Actor("a", 0, frozenset({"Roles.CLERK"}), tuple(user.keys(random)), clearance=user.clearance)


def _named(title: T, user: User) -> T:
    return T(f"{title.zh}：{user.name.zh}", f"{title.en}: {user.name.en}")


def _timed(work: Callable[[Any], object], asks: Sequence[Any]) -> list[float]:
    for ask in asks[:5]:
        work(ask)
    times = []
    for ask in asks:
        begun = perf_counter()
        work(ask)
        times.append(perf_counter() - begun)
    return times


def _p95(times: Sequence[float]) -> float:
    return quantiles(times, n=20)[-1]


def _figure(name: str, part: Part, times: Sequence[float]) -> Figure:
    middle = median(times)
    return Figure(name, part, middle, min(times), max(times), 1 / middle)


def _blocks(work: Callable[[Any], object], asks: Iterable[Any]) -> int:
    """The most blocks that one of the statements touched, as the server counts them."""
    from django.db import connection  # noqa: PLC0415
    from django.test.utils import CaptureQueriesContext  # noqa: PLC0415

    most = 0
    for ask in asks:
        with CaptureQueriesContext(connection) as asked:
            work(ask)
        for query in asked.captured_queries:
            with connection.cursor() as cursor:
                cursor.execute("explain (analyze, buffers, format json) " + query["sql"].replace("%", "%%"))
                plan = cursor.fetchone()[0]
            plan = json.loads(plan) if isinstance(plan, str) else plan
            most = max(most, plan[0]["Plan"]["Shared Hit Blocks"] + plan[0]["Plan"]["Shared Read Blocks"])
    return most
