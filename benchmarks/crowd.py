"""百万案件 · A database of so many cases for the lists: 50 tribunals, 3,333 mediation bodies, 20 second institutions and one above all, by COPY.

Every case has the key of its tribunal, of a mediation body and of the institution above; three in ten of a second institution. Tribunal 1 has the
oldest cases and no others; the cases of tribunal 2 that came last are sealed, so that who is not cleared must go far back for a page.
"""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path
from random import Random
from typing import Any, Final

import psycopg

from benchmarks.data import OUT
from benchmarks.measure import Absent
from tianping.law.text import T

VAR: Final = OUT / "lists"
TRIBUNALS, BODIES, SECOND = 50, 3_333, 20
DETAILED: Final = 20_000
"""The newest so many cases also have eight events, three clocks, two runs and two parties each."""
SURNAMES: Final = "王李张刘陈杨黄赵吴周徐孙马朱胡郭何高林罗郑梁谢宋唐许韩冯邓曹彭曾肖田董潘袁于蒋蔡余杜叶程苏魏吕丁任沈姚卢姜崔钟谭陆汪范金石廖贾夏"
GIVEN: Final = "伟芳娜秀英敏静丽强磊军洋勇艳杰娟涛明超兰霞平刚桂文辉力华建国红玉梅海燕斌波宇浩凯健俊帆晨阳子轩梓涵雨欣怡佳琪思雅晓东"
CAUSES: Final = (
    "机动车交通事故责任纠纷", "民间借贷纠纷", "买卖合同纠纷", "离婚纠纷", "物业服务合同纠纷", "劳动争议", "房屋租赁合同纠纷", "金融借款合同纠纷",
    "建设工程施工合同纠纷", "继承纠纷", "侵权责任纠纷", "相邻关系纠纷", "抚养费纠纷", "追偿权纠纷", "保险合同纠纷", "土地承包经营权纠纷",
    "医疗损害责任纠纷", "名誉权纠纷", "申请司法确认", "信用卡纠纷",
)  # fmt: skip
STEPS: Final = (
    "PreFiling.receive", "PreFiling.refer", "mediation.send", "mediation.receive", "mediation.answer", "PreFiling.come_back", "PreFiling.file",
    "PreFiling.file",
)  # fmt: skip
START: Final = datetime(2023, 1, 1, tzinfo=UTC)


@contextmanager
def crowd(count: int, place: Path = VAR) -> Iterator[dict[str, Any]]:
    """Django on the benchmark's own server with so many cases; the keys by name. Raises Absent where the server's parts are not installed."""
    os.environ["TIANPING_VAR"] = str(place)
    os.environ.pop("DATABASE_URL", None)
    from tianping.project.running import NoServer, database  # noqa: PLC0415 — the other subjects need no Django

    try:
        with database(migrate=True):
            from tianping.project.settings.database import embedded  # noqa: PLC0415 — needs Django set up

            with psycopg.connect(embedded().superuser_dsn("tianping"), autocommit=True) as c:
                yield _filled(c, count)
    except NoServer as error:
        raise Absent(T("没有安装服务部件", "the server's parts are not installed")) from error


def _filled(c: psycopg.Connection[Any], count: int) -> dict[str, Any]:
    """The keys; the cases are made if there are not so many."""
    found = c.execute("select count(*) from casework_case").fetchone()
    if found is None or found[0] != count:
        _emptied(c)
        _places(c)
        keys = _keys(c)
        _cases(c, count, keys)
        c.execute("vacuum (analyze)")
        c.execute("checkpoint")
    return _keys(c)


def _emptied(c: psycopg.Connection[Any]) -> None:
    c.execute("set session_replication_role = replica")
    names = "organisation accesskey case event clock run party pushed searchrow visibility"
    c.execute(f"truncate {', '.join(f'casework_{name}' for name in names.split())} cascade")
    c.execute("set session_replication_role = origin")


def _places(c: psycopg.Connection[Any]) -> None:
    kinds = (("tribunal", TRIBUNALS, "handle"), ("body", BODIES, "refer"), ("second", SECOND, "supervise"), ("above", 1, "supervise"))
    for kind, many, capacity in kinds:
        c.execute(
            """with o as (insert into casework_organisation (code, kind, path, zh, en, division, court_code, status, source)
            select %(kind)s || n, %(kind)s, '', %(kind)s || n, %(kind)s || n, '', '', 'local', '' from generate_series(1, %(many)s) n returning id)
            insert into casework_accesskey (organisation_id, capacity) select id, %(capacity)s from o order by id""",
            {"kind": kind, "many": many, "capacity": capacity},
        )
    c.execute("insert into casework_definition (code, version) values ('pre_filing', '2022-01-01') on conflict do nothing")


def _keys(c: psycopg.Connection[Any]) -> dict[str, Any]:
    rows = c.execute("select o.kind, k.id, o.id from casework_accesskey k join casework_organisation o on o.id = k.organisation_id order by k.id")
    out: dict[str, list[tuple[int, int]]] = {}
    for kind, key, place in rows:
        out.setdefault(kind, []).append((key, place))
    return out


def _copied(c: psycopg.Connection[Any], table: str, columns: str, rows: Iterable[tuple[Any, ...]]) -> None:
    listed = ", ".join(columns.split())
    with c.cursor() as cursor, cursor.copy(f"copy casework_{table} ({listed}) from stdin") as copy:
        for row in rows:
            copy.write_row(row)


def _cases(c: psycopg.Connection[Any], count: int, keys: dict[str, Any]) -> None:
    from tianping.casework.engine.titles import masked_title, vector  # noqa: PLC0415 — the package needs Django set up

    random = Random(7)
    row = c.execute("select id from casework_definition where code = 'pre_filing'").fetchone()
    assert row is not None
    made = [_case(random, n, count, keys) for n in range(1, count + 1)]
    case = "id organisation_id definition_id stage lifecycle level flags seq head title facts due source opened updated"
    fixed = (row[0], "received")
    _copied(c, "case", case, ((n, p, *fixed, life, lev, [], 8, b"\0" * 32, t, "{}", due, "", at, at) for n, p, life, lev, t, due, at, _, _ in made))
    seen = ((k, n, lev, life, due) for n, _, life, lev, _, due, _, opens, _ in made for k in opens)
    _copied(c, "visibility", "key_id case_id level lifecycle due", seen)
    searched = ((n, t, m := masked_title(t, names), vector(t, m, opens)) for n, _, _, _, t, _, _, opens, names in made)
    gin = "drop index if exists searchrow_tsv", "create index searchrow_tsv on casework_searchrow using gin (tsv)"
    c.execute(gin[0])
    _copied(c, "searchrow", "case_id title masked tsv", searched)
    c.execute(gin[1])
    _details(c, made[-DETAILED:])


def _case(random: Random, n: int, count: int, keys: dict[str, Any]) -> tuple[Any, ...]:
    share = count // TRIBUNALS
    tribunal = 0 if n <= share else random.randrange(1, TRIBUNALS)
    key, place = keys["tribunal"][tribunal]
    opens = [key, keys["body"][random.randrange(BODIES)][0], keys["above"][0][0]]
    if random.random() < 0.3:
        opens.append(keys["second"][random.randrange(SECOND)][0])
    names = [random.choice(SURNAMES) + random.choice(GIVEN) + random.choice(GIVEN) for _ in "ab"]
    title = f"{names[0]}与{names[1]}{CAUSES[min(int(random.expovariate(0.12)), 19)]}"
    lifecycle = 2 if random.random() < 0.85 else 0
    level = int(n > count // 2) if tribunal == 1 else int(random.random() < 0.03)
    due = START + timedelta(days=1400 + random.randrange(90)) if lifecycle == 0 and random.random() < 0.9 else None
    at = START + timedelta(minutes=2 * n)
    return n, place, lifecycle, level, title, due, at, opens, [("person", name) for name in names]


def _details(c: psycopg.Connection[Any], made: list[tuple[Any, ...]]) -> None:
    signers, payload, zero = '[["li.ming", "Roles.FILING_JUDGE"]]', '{"facts": {"qualifies": true, "suit": "ORDINARY"}, "salt": "0"}', b"\0" * 32
    event = "case_id seq track entity step happened recorded organisation signers recorder payload payload_hash hash"
    acts = (
        (n, s, *_run(step), step, at + timedelta(days=s), at + timedelta(days=s), place, signers, "li.ming", payload, zero, zero)
        for n, place, _, _, _, _, at, _, _ in made
        for s, step in enumerate(STEPS, 1)
    )
    _copied(c, "event", event, acts)
    clock = "case_id code entity since_seq since due timed fixed provisional status awaited"
    told = (False, True, False, "met", True)
    limits = ((n, "PreFiling.to_decide", "", s, at, at + timedelta(days=7), *told) for n, *_, at, _, _ in made for s in (1, 6, 7))
    _copied(c, "clock", clock, limits)
    runs = ((n, *run, "{}") for n, *_ in made for run in (("", "", "filed"), ("mediation", "mediation-1", "answered")))
    _copied(c, "run", "case_id track entity stage facts", runs)
    roles, known = ("Roles.APPLICANT", "Roles.OPPONENT"), ("140799198001010015", "00012345678", False)
    parties = ((n, role, *who, *known) for n, *_, names in made for role, who in zip(roles, names, strict=True))
    _copied(c, "party", "case_id capacity kind name identity phone minor", parties)


def _run(step: str) -> tuple[str, str]:
    return ("mediation", "mediation-1") if step.startswith("mediation.") else ("", "")
