"""程序设置 · Where further procedures lie, beside those of the package: a city's own."""

from __future__ import annotations

from typing import Final

from tianping.project.settings.variables import declared, words

FOLDERS: Final = declared(
    "TIANPING_PROCEDURES",
    list[str](),
    words,
    zh="本地自有程序所在的目录，逗号分隔；其中每个程序为 …/procedures/<代号>/ 一个文件夹",
    en="folders of the city's own procedures, with commas; each procedure is one folder …/procedures/<code>/ in them",
)
