"""同类 · django-fsm-2 with django-simple-history, SpiffWorkflow and DBOS on the same six steps; they do less: no limits, no chain, no visibility.

django-viewflow is licensed under the AGPL: it is neither imported nor run here. What was once measured of it on this kind of machine is quoted.
"""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable
from importlib.util import find_spec
from typing import Final

import psycopg
from psycopg.conninfo import conninfo_to_dict

from benchmarks.city import emptied, opened, requests, six_step_walks, walked
from benchmarks.data import ROOT
from benchmarks.measure import Aim, Contender, Outcome, race
from tianping.law.text import T

CASES: Final = 20
ROUNDS: Final = 5
NAMES: Final = {
    "fsm": ("django-fsm-2 + simple-history", ("django_fsm", "simple_history")),
    "spiff": ("SpiffWorkflow", ("SpiffWorkflow",)),
    "durable": ("DBOS", ("dbos",)),
}
SETTINGS: Final = T(
    "各用其文档的生产设置：Django pool=True；psycopg 连接池、预备语句；DBOS 默认连接池。PostgreSQL fsync=on。同类不计期限、不成链。",
    "each as its documentation says for production: Django with pool=True; psycopg's pool, prepared; DBOS with its own pool. They keep no limits.",
)
VIEWFLOW: Final = T(
    "django-viewflow 2.4.0 为 AGPL，不运行；此前在同类机器上测得每步 135（102–149）/秒，同时测得下限 1,773/秒",
    "django-viewflow 2.4.0 is AGPL and not run; measured before on such a machine: 135 (102-149) steps/s where the floor did 1,773",
)
TIMES: Final = T("为 {name} 的倍数", "times {name}")
ABSENT: Final = T("未安装 {name}，已跳过（requirements/peers.txt）", "{name} is not installed and was skipped (requirements/peers.txt)")
QUOTED: Final = 135 / 1773


def run(superuser: str, floor: float) -> Outcome:
    """Ours beside every peer that is installed. ``floor``: bare steps a second, measured in this run."""
    with psycopg.connect(superuser, autocommit=True) as c:
        c.execute("drop database if exists peers with (force)")
        c.execute("create database peers")
    parts = {k: v for k, v in conninfo_to_dict(superuser).items() if isinstance(v, str)} | {"dbname": "peers"}
    walks = six_step_walks(CASES)

    def ours() -> None:
        for walk in walks:
            walked(opened(walk), requests(walk))

    def fresh() -> None:
        emptied(superuser)
        walked(opened(walks[0]), requests(walks[0]))  # the peers' tables are not emptied, so their statements stay planned

    contenders = [Contender("case_open, step_take", "ours", ours, fresh)]
    notes, running = [SETTINGS, VIEWFLOW], list[subprocess.Popen[str]]()
    for module, (name, needed) in NAMES.items():
        if not all(find_spec(n) for n in needed):
            notes.append(ABSENT.fill(name=name))
            continue
        peer = _started(module, parts)
        running.append(peer)
        contenders.append(Contender(name, "peer", _turn(peer)))
    figures = race(contenders, CASES * 6, rounds=ROUNDS)
    for peer in running:
        assert peer.stdin is not None
        peer.stdin.close()
        peer.wait()
    ours_rate = figures[0].rate
    aims = [Aim(TIMES.fill(name=f.name), ours_rate / f.rate, 2) for f in figures[1:]]
    aims.append(Aim(TIMES.fill(name="django-viewflow*"), ours_rate / floor / QUOTED, 2))
    return Outcome(T("六步案件，与同类比", "cases of six steps beside peers"), T("步", "steps"), CASES * 6, figures, aims, notes)


def _started(module: str, parts: dict[str, str]) -> subprocess.Popen[str]:
    words = [f"{k}={v}" for k, v in parts.items()]
    if module == "durable":
        user, password, name, host = (parts.get(n, "") for n in ("user", "password", "dbname", "host"))
        words = [f"postgresql://{user}:{password}@/{name}?host={host}"]
    command = [sys.executable, "-m", f"benchmarks.peer.{module}", *words]
    peer = subprocess.Popen(command, cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
    _answer(peer, "ready")
    return peer


def _answer(peer: subprocess.Popen[str], wanted: str = "") -> str:
    assert peer.stdout is not None
    for line in peer.stdout:
        word = line.strip()
        if word == wanted or (not wanted and word.replace(".", "", 1).replace("e-", "", 1).isdigit()):
            return word
    raise RuntimeError(f"{peer.args!r}: it ended")


def _turn(peer: subprocess.Popen[str]) -> Callable[[], object]:
    def turn() -> None:
        assert peer.stdin is not None
        peer.stdin.write(f"{CASES}\n")
        peer.stdin.flush()
        _answer(peer)

    return turn
