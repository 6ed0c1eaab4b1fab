"""引文比对 · How a statute writes a length of time, and whether the text of a citation holds it."""

from __future__ import annotations

import re
import unicodedata

from tianping.law.citations import Citation
from tianping.law.corpus import Corpus, numeral
from tianping.law.periods import Period

BEFORE = r"(?<![零一二三四五六七八九十百千两〇0-9])"
"""So that 五日 is not found in 十五日."""


def written(number: int) -> str:
    """The ways to write a number: 二 or 两 or 2."""
    forms = [numeral(number), str(number), *(["两"] if number == 2 else [])]
    return BEFORE + "(?:" + "|".join(forms) + ")"


def patterns(period: Period, *, days_are_working: bool = False) -> list[str]:
    """A pattern for each component of a length; all of them must be found."""
    if period.months and period.days == 15:
        return [written(period.months) + "个半月"]
    out = []
    if period.months:
        years = f"|{written(period.months // 12)}年" if period.months % 12 == 0 else ""
        out.append(f"(?:{written(period.months)}个月{years})")
    if period.days:
        out.append(f"{written(period.days)}(?:日|天)")
    if period.working:
        out.append(written(period.working) + ("(?:个工作)?日" if days_are_working else "个工作日"))
    if period.seconds:
        hours, rest = divmod(period.seconds, 3600)
        out.append(f"{written(hours)}(?:个)?小时" if not rest else f"{written(period.seconds // 60)}分钟")
    return out


def says(text: str, period: Period) -> bool:
    """Whether the text holds every component of the length, and there is one.

    Where the text itself defines its “三日” as working days (RTP 112), a length of working days may be written so.
    """
    defined = re.search(r"“[^”]+日”[^。；]*是指工作日", text) is not None
    wanted = patterns(period, days_are_working=defined)
    return bool(wanted) and all(re.search(p, text) for p in wanted)


def text_of(corpus: Corpus, cited: Citation) -> str:
    """The texts behind the references that have one, joined; blanks within them fall away."""
    held = [ref for ref in cited.refs if corpus.holds(Citation((ref,)))]
    return re.sub(r"\s", "", unicodedata.normalize("NFKC", "\n".join(q.text for ref in held for q in corpus.article_text(Citation((ref,))))))
