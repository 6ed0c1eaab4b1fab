"""文档新鲜度测试 · The generated pages are those that the code makes now."""

from __future__ import annotations

from tests.conftest import ROOT
from tianping.project.docs import pages


def test_generated_pages_are_fresh() -> None:
    stale = [str(p.relative_to(ROOT)) for p, text in pages(ROOT).items() if not p.is_file() or p.read_text(encoding="utf-8") != text]
    assert not stale, f"run `make docs`: {stale}"
