"""法规文本设置 · Where the imported statute texts are, so that a page can quote the article that it cites."""

from __future__ import annotations

from typing import Final

from tianping.project.settings.variables import declared

CORPUS: Final = declared(
    "TIANPING_CORPUS",
    "var/corpus.jsonl",
    str,
    zh="导入的法规文本库；没有则用我们自己的转述",
    en="imported statute texts; without it our own words are shown",
)
