"""报告命令 · ``tianping report --city CITY --year YEAR -o FILE``: a city's report from its ledger; ``--list`` shows every figure that there is."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from typing import Annotated

import typer

from tianping.law.errors import TianpingError
from tianping.law.text import T
from tianping.project.running import database
from tianping.project.words import language, say

WRITTEN = T("{n} 个数写入 {path}", "{n} figures written to {path}")


class NoSuchCity(TianpingError):
    """没有此城市的报告 · A city pack without a report, or no pack at all."""

    code = "CLI-401"
    what = T("没有城市“{city}”的报告（{path}）。", "There is no report of the city “{city}” ({path}).")
    todo = T("请写城市包的文件夹，或其在 cities/ 下的名称。", "Name the folder of its pack, or its name under cities/.")


def report(
    *,
    city: Annotated[str, typer.Option(help="城市包：cities/ 下的名称或文件夹 · a pack's name under cities/, or its folder")] = "jinzhong",
    year: Annotated[int, typer.Option(help="截至该年末 · as of the end of that year", min=1990, max=2100)] = 2021,
    output: Annotated[Path, typer.Option("-o", "--output", help="写到哪里：.html 或 .pdf · where to write it")] = Path("report.html"),
    site: Annotated[str, typer.Option(help="案件页面所在网址，写了就链接过去 · where the cases' pages are, to link to them")] = "",
    listed: Annotated[bool, typer.Option("--list", help="列出全部指标 · list every figure")] = False,
    lang: Annotated[str | None, typer.Option("--lang", help="zh | en")] = None,
) -> None:
    """报告 · Every sentence with its numbers reckoned from the ledger, their formulas and their cases."""
    chosen = language(lang)
    if listed:
        from tianping.engines.measure.defined import page  # noqa: PLC0415 — what only a list needs
        from tianping.procedure.registry import indicators  # noqa: PLC0415

        say(page(list(indicators().values()), chosen))
        return
    folder = Path(city) if Path(city).is_dir() else Path("cities") / city
    if not (folder / "report.toml").is_file():
        raise NoSuchCity(city=city, path=folder / "report.toml")
    until = datetime(year, 12, 31, 23, 59, 59)  # noqa: DTZ001 — local time, as in the ledger's tables
    with database(migrate=True):
        from tianping.casework.figures import Figures  # noqa: PLC0415 — after Django is set up
        from tianping.project.city_report import as_html, read_numbers, read_report, told  # noqa: PLC0415

        made = told(read_report(folder / "report.toml"), Figures(until=until), until, chosen, read_numbers(folder / "report_numbers.toml"))
    half = output.with_name(output.name + ".part")
    if output.suffix == ".pdf":
        from tianping.project.city_pdf import as_pdf  # noqa: PLC0415 — the documents extra

        half.write_bytes(as_pdf(made, chosen))
    else:
        half.write_text(as_html(made, chosen, site), encoding="utf-8")
    half.replace(output)
    count = sum(len(sentence.figures) for section in made.sections for sentence in section.sentences)
    say(WRITTEN.fill(n=count, path=output).pick(chosen))
