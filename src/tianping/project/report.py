"""监督报告 · One page that stands alone: how every clock stands, which rules were broken, under which article. No script, no network."""

from __future__ import annotations

from datetime import datetime
from importlib.resources import files
from pathlib import Path
from typing import Any, Final

from jinja2 import Environment

from tianping.engines.supervise.tally import SHOWN, Tally
from tianping.law.statutes import parse_citation
from tianping.law.text import Lang, T
from tianping.procedure.explain import STANDING
from tianping.procedure.registry import Folder
from tianping.procedure.tables import compiled

SEVERITIES: Final[dict[str, T]] = {
    "breach": T("违反法定要求", "breach of law"),
    "target": T("未达目标", "target missed"),
    "record": T("记录问题", "fault of the record"),
}
CLASSES: Final = (
    T("1–7 日", "1–7 days"), T("8–30 日", "8–30 days"), T("31–90 日", "31–90 days"), T("91–365 日", "91–365 days"), T("一年以上", "over a year"),
)  # fmt: skip
WORDS: Final[dict[str, T]] = {
    "clocks": T("期限", "Clocks"),
    "findings": T("问题", "Findings"),
    "late": T("逾期多久", "How late"),
    "clock": T("期限", "Clock"),
    "none": T("没有发现问题。", "Nothing was found."),
    "case": T("案号", "Case"),
    "run": T("对象", "Run"),
    "happened": T("发生", "Happened"),
    "due": T("届满", "Due"),
}


def write_report(tally: Tally, as_of: datetime, folder: Folder, source: str, lang: Lang, to: Path) -> Path:
    """Write the page."""
    title = T("监督报告：{title}", "Supervision of {title}").fill(title=folder.current.title)
    lead = T("{source}，截至 {day}", "{source}, as of {day}").fill(source=source, day=as_of.date())
    figures = (
        (tally.cases, T("件案件", "cases")),
        (tally.events, T("个事件", "events")),
        (tally.clocks_in_all(), T("个期限", "clocks")),
        (tally.findings_in_all(), T("个问题", "findings")),
    )
    page = Environment(autoescape=True).from_string(files("tianping.project").joinpath("report.html.j2").read_text(encoding="utf-8"))
    shown = page.render(
        zh=lang == "zh",
        title=title.pick(lang),
        lead=lead.pick(lang),
        figures=[(f"{n:,}", what.pick(lang)) for n, what in figures],
        words={key: text.pick(lang) for key, text in WORDS.items()},
        statuses=[(code, text.pick(lang)) for code, text in STANDING.items()],
        clocks=_clocks(tally, folder, lang),
        classes=[c.pick(lang) for c in CLASSES],
        late=_late(tally, folder, lang),
        rules=_rules(tally, lang),
    )
    to.write_text(shown, encoding="utf-8")
    return to


def _clocks(tally: Tally, folder: Folder, lang: Lang) -> list[dict[str, Any]]:
    limits = {x.code: x.limit for v in folder.versions for x in compiled(v).limits}
    out = []
    for code, found in sorted(tally.clocks.items()):
        total, x, bars = sum(found.values()), 0.0, []
        for status in STANDING:
            width = 1000 * found.get(status, 0) / total
            bars += [(status, round(x, 2), round(width, 2))] if width else []
            x += width
        label = " · ".join(f"{STANDING[s].pick(lang)} {found[s]:,}" for s in STANDING if s in found)
        limit = limits[code]
        out.append({"title": limit.words.pick(lang), "cites": limit.cites.text(lang), "bars": bars, "label": label, "total": f"{total:,}"})
    return out


def _late(tally: Tally, folder: Folder, lang: Lang) -> list[dict[str, Any]]:
    """Of each clock the late ones by how late they were, with the part that each class is of them."""
    limits = {x.code: x.limit for v in folder.versions for x in compiled(v).limits}
    rows = [(limits[code].words.pick(lang), counts) for code, counts in sorted(tally.late.items())]
    return [{"title": title, "bars": [(f"{n:,}", round(100 * n / sum(counts), 1)) for n in counts]} for title, counts in rows]


def _rules(tally: Tally, lang: Lang) -> list[dict[str, Any]]:
    out = []
    for broken in tally.broken.values():
        articles = "; ".join(parse_citation(c).text(lang) for c in sorted(broken.citations))
        rows = [(case, entity, _when(happened), _when(due)) for case, entity, happened, due in broken.shown]
        more = T("共 {n} 件，其余见 findings 表。", "{n} in all; the others stand in the findings table.").fill(n=f"{broken.count:,}").pick(lang)
        found = {"code": broken.rule, "message": broken.message.pick(lang), "severity": SEVERITIES[broken.severity].pick(lang), "cites": articles}
        out.append(found | {"rows": rows, "count": f"{broken.count:,}", "number": broken.count, "more": more if broken.count > SHOWN else ""})
    return sorted(out, key=lambda r: (-r["number"], r["code"]))


def _when(moment: datetime | None) -> str:
    if moment is None:
        return "—"
    return moment.date().isoformat() if moment.time() == datetime.min.time() else moment.isoformat(sep=" ", timespec="minutes")
