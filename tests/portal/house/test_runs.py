"""对象名称 · What people named stays; what the system named is told in words of both languages."""

from __future__ import annotations

import pytest

from tianping.portal.house.runs import run


@pytest.mark.parametrize(
    ("name", "zh", "en"),
    [
        ("手机1", "手机1", "手机1"),
        ("mediation-2", "诉前委派调解（第2次）", "Mediation before filing (2)"),
        ("nobody-2", "nobody-2", "nobody-2"),
        ("c12-ab3f91e2", "网上提出（ab3f）", "made online (ab3f)"),
        ("12/甲", "第12号登记并入：甲", "from entry 12: 甲"),
    ],
)
def test_a_run_is_named_in_words(name: str, zh: str, en: str) -> None:
    said = run(name)
    assert (said.zh, said.en) == (zh, en)
