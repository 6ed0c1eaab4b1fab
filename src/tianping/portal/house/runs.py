"""对象名称 · What a run of a case is called: a name that people gave stays as it is, one that the system gave is told in words."""

from __future__ import annotations

import re
from functools import cache
from typing import Final

from tianping.casework.engine.registered import folders
from tianping.law.text import T
from tianping.procedure.referral import Referral
from tianping.procedure.tables import compiled

_SENT: Final = re.compile(r"([a-z_]+)-(\d+)")
_ONLINE: Final = re.compile(r"c\d+-([0-9a-f]{4})[0-9a-f]{4}")
_CAME: Final = re.compile(r"(\d+)/(.+)")


def run(entity: str) -> T:
    """The name in both languages. ``mediation-1`` is the first matter of that kind that was sent; ``12/甲`` came with the case of entry 12."""
    if came := _CAME.fullmatch(entity):
        return T("第{n}号登记并入：{run}", "from entry {n}: {run}").fill(n=came[1], run=run(came[2]))
    if (sent := _SENT.fullmatch(entity)) and sent[1] in matters():
        return T("{matter}（第{n}次）", "{matter} ({n})").fill(matter=matters()[sent[1]], n=sent[2])
    if online := _ONLINE.fullmatch(entity):
        return T("网上提出（{n}）", "made online ({n})").fill(n=online[1])
    return T(entity, entity)


@cache
def matters() -> dict[str, T]:
    """What is sent under a name, in every version of every procedure."""
    tables = (compiled(version) for folder in folders().values() for version in folder.versions)
    return {row.part.name: row.part.matter.title for one in tables for row in one.tracks if isinstance(row.part, Referral)}
