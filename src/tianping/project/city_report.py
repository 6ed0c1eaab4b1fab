"""城市报告 · A report whose every number is reckoned from the ledger, with its formula and its cases. Sentences stand in the city pack.

``report.toml`` holds the sentences, ``report_numbers.toml`` beside it every number of the newspaper's report and which sentence tells it.
"""

from __future__ import annotations

import re
import tomllib
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import Enum
from importlib.resources import files
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from jinja2 import Environment

from tianping.engines.measure.defined import Defined, defined
from tianping.engines.measure.errors import UnknownIndicator
from tianping.law.text import Lang, T
from tianping.procedure.measures import ORGANISATION, Days, Indicator, Number, Per, Ratio, Share
from tianping.procedure.registry import indicators

if TYPE_CHECKING:
    from tianping.casework.figures import Figures

SHOWN: Final = 12
"""How many cases stand under a figure; ``tianping export`` gives the rest."""
PLACE: Final = re.compile(r"\{(\w+)\}")
WORDS: Final[dict[str, T]] = {
    "formula": T("算法", "Formula"),
    "of": T("分子", "Numerator"),
    "among": T("分母", "Denominator"),
    "cases": T("案件", "Cases"),
    "source": T("出处", "Source"),
    "group": T("分组", "Group"),
    "more": T("另有 {n} 件", "{n} more"),
    "as_of": T("截至 {day}，从台账算出", "Reckoned from the ledger as of {day}"),
    "hours": T("分钟数÷60＝小时", "minutes ÷ 60 = hours"),
    "reported": T("报道原文", "In the report"),
    "none": T("无", "none"),
}


@dataclass(frozen=True, slots=True)
class Told:
    """一个数 · A figure in a sentence: as shown, in words, and the first of its cases. ``denominator``: cases, or what a ratio divides by."""

    anchor: str
    shown: str
    words: Defined
    value: Any
    group: str
    numerator: int | None
    denominator: int
    cases: tuple[str, ...]
    more: int
    reported: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Sentence:
    """一句 · Its text as pieces: words, and figures between them."""

    pieces: tuple[str | Told, ...]

    @property
    def figures(self) -> tuple[Told, ...]:
        """The figures in it."""
        return tuple(p for p in self.pieces if isinstance(p, Told))


@dataclass(frozen=True, slots=True)
class Section:
    """一节 · Sentences under a heading."""

    title: str
    sentences: tuple[Sentence, ...]


@dataclass(frozen=True, slots=True)
class Report:
    """报告 · Sections with their figures, as of a moment."""

    title: str
    note: str
    as_of: str
    sections: tuple[Section, ...]


def read_report(path: Path) -> dict[str, Any]:
    """The sentences of a city pack."""
    return tomllib.loads(path.read_text("utf-8"))


def read_numbers(path: Path) -> dict[str, Any]:
    """The numbers of the newspaper's report and what tells them; none where the pack has no such file."""
    return tomllib.loads(path.read_text("utf-8")) if path.is_file() else {}


def told(data: Mapping[str, Any], figures: Figures, as_of: datetime, lang: Lang, numbers: Mapping[str, Any] | None = None) -> Report:
    """The report with every figure reckoned. Raises UnknownIndicator, UnknownGroup."""
    known = {i.code: i for room in indicators().values() for i in room.listed()}
    asked = [f["indicator"] for part in data["section"] for row in part["sentence"] for f in row["figures"].values()]
    figures.prepare([known[code] for code in dict.fromkeys(asked) if code in known])
    quoted: dict[str, list[str]] = defaultdict(list)
    for row in (numbers or {}).get("number", ()):
        for name in row["told"]:
            quoted[name].append(row["words"])
    sections = tuple(Section(part[lang], tuple(_sentence(row, known, figures, lang, quoted) for row in part["sentence"])) for part in data["section"])
    return Report(data[lang], data[f"note_{lang}"], WORDS["as_of"].fill(day=as_of.date()).pick(lang), sections)


def _sentence(row: Mapping[str, Any], known: Mapping[str, Indicator], figures: Figures, lang: Lang, quoted: Mapping[str, list[str]]) -> Sentence:
    pieces: list[str | Told] = []
    for n, piece in enumerate(PLACE.split(row[lang])):
        if n % 2 == 0:
            pieces.append(piece)
            continue
        asked = row["figures"][piece]
        if asked["indicator"] not in known:
            raise UnknownIndicator(name=asked["indicator"], near="")
        anchor = f"{row['code']}.{piece}"
        pieces.append(_figure(asked, known[asked["indicator"]], figures, lang, anchor, quoted.get(anchor, ())))
    return Sentence(tuple(pieces))


def _figure(asked: Mapping[str, Any], indicator: Indicator, figures: Figures, lang: Lang, anchor: str, quoted: Sequence[str]) -> Told:
    where = dict(asked.get("where", {}))
    row = figures.row(indicator, where)
    of, among, value = row.get(f"{indicator.name}_of"), row.get(f"{indicator.name}_among") or 0, row.get(indicator.name)
    part = "of" if isinstance(indicator, Share) else "among"
    found = figures.cases(indicator, part=part, where=where, size=SHOWN)
    names = tuple("/".join(str(v) for v in pair) for pair in zip(*(found[c].to_pylist() for c in found.column_names if c != "taken"), strict=True))
    more = max(0, int((of or 0) if part == "of" else among) - len(names))
    below = row.get(f"{indicator.name}_per") or 0 if isinstance(indicator, Ratio) else among
    known = {per.column: per for per in indicator.by}
    groups = [_group(known[name], v, figures, lang) for name, v in where.items()]
    group = "; ".join([*groups, WORDS["hours"].pick(lang)] if asked.get("as") == "hours" else groups)
    shown = _shown(value, asked.get("as", ""), indicator, lang)
    return Told(anchor, shown, defined(indicator), value, group, of, below, names, more, tuple(quoted))


def _group(per: Per, value: Any, figures: Figures, lang: Lang) -> str:
    """A group in words: an answer, the names of institutions, a lane, a day."""
    said = [figures.place(v) if per is ORGANISATION else _named(per, v) for v in (value if isinstance(value, list) else [value])]
    return f"{per.title.pick(lang)}: {', '.join(s.pick(lang) for s in said)}"


def _named(per: Per, value: Any) -> T:
    if per.fact is not None and issubclass(per.fact.kind, Enum):
        return T(str(per.fact.kind[value].value), value.replace("_", " ").lower())
    if per.span is not None:
        text = {"year": f"{value:%Y}", "quarter": f"{value:%Y} Q{(value.month + 2) // 3}", "month": f"{value:%Y-%m}"}[per.span]
        return T(text, text)
    return next((title for title, _ in per.lanes if title.en == value), T(str(value), str(value)))


def _shown(value: Any, how: str, indicator: Indicator, lang: Lang) -> str:
    if value is None and not isinstance(indicator, Number):
        return WORDS["none"].pick(lang)
    value = value or 0
    if how == "percent":
        return f"{value:.2%}"
    if how == "hours":
        return f"{value / 60:,.1f}".removesuffix(".0")
    return f"{value:,.1f}".removesuffix(".0") if isinstance(indicator, Days | Ratio) else f"{value:,}"


def as_html(report: Report, lang: Lang, site: str = "") -> str:
    """The report as one page that stands alone: no script, no network. ``site``: where the cases' own pages are, if they are to be linked."""
    source = files("tianping.project").joinpath("city_report.html.j2").read_text("utf-8")
    template = Environment(autoescape=True, trim_blocks=True, lstrip_blocks=True).from_string(source)
    return template.render(report=report, lang=lang, words={k: v.pick(lang) for k, v in WORDS.items()}, zh=lang == "zh", site=site.rstrip("/"))
