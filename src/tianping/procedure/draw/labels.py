"""图上文字 · What a diagram says of a step, a limit and a stage, in one language."""

from __future__ import annotations

from typing import Final

from tianping.law.text import Lang, T
from tianping.procedure.grammar import Step
from tianping.procedure.lengths import rows_of
from tianping.procedure.referral import Heard
from tianping.procedure.tables import STAYS, LimitRow, PauseRow, StepRow, Tables

LIMIT: Final = {"limit": T("期限", "Limit"), "wait": T("不得早于", "Not before"), "bars": T("失权期限", "Bar"), "target": T("指标", "Target")}
COUNTED_BACK: Final = T("倒计", "counted back")
NOT_COUNTED: Final = T("不计：{w}", "not counted: {w}")
OR: Final = T("或", " or ")
EXTENDED: Final = T("（可延长 {w}）", " (may be extended by {w})")
OTHERWISE: Final = T("（视情形 {w}）", " (as the case may be: {w})")


def step_words(step: Step, lang: Lang) -> str:
    """``立案 · 立案法官 · CPL23 126``; how many conditions guard it is marked ``◇2``."""
    return " · ".join([step.words.pick(lang), step.by.words.pick(lang), str(step.cites)])


def step_marks(row: StepRow) -> str:
    """``◇`` for each condition, ``×2`` for how often, ``⇢`` for a referral that goes with it, ``⊕`` for a merge."""
    step = row.step
    marks = [f"◇{len(row.guards)}" if row.guards else "", f"≤{step.at_most.n}×" if step.at_most.n else ""]
    return " ".join(filter(None, [*marks, "⇢" if step.opens else "", "⊕" if step.into else ""]))


def step_hint(row: StepRow, lang: Lang) -> str:
    """What a reader sees when pointing at a step: its name, its article in words, its conditions, what it waits for."""
    step = row.step
    lines = [f"{step.code} — {step.words.pick(lang)}", step.cites.text(lang)]
    for ground, wanted in row.guards:
        lines.append(f"◇ {'' if wanted else ('须不是：' if lang == 'zh' else 'must not be: ')}{ground.title.pick(lang)}")
    if isinstance(step.on, Heard):
        lines.append("⇠ " + OR.pick(lang).join(o.title.pick(lang) for o in step.on.outcomes))
    elif step.on is not None:
        lines.append(f"⇠ {step.on.words.pick(lang)}")
    return "\n".join(lines)


def limit_words(row: LimitRow, lang: Lang) -> str:
    """``审限 · 6个月（视情形 3个月） · 不计：鉴定期间 · CPL23 152``."""
    limit = row.limit
    lengths = list(dict.fromkeys(r.period.text.pick(lang) for r in row.rows))
    shown = lengths[0] + (OTHERWISE.pick(lang).format(w=_comma(lang).join(lengths[1:])) if lengths[1:] else "")
    if row.extensions:
        shown += EXTENDED.pick(lang).format(w=_comma(lang).join(x.extension.more.text.pick(lang) for x in row.extensions))
    parts = [limit.words.pick(lang), shown]
    if limit.backwards:
        parts.append(COUNTED_BACK.pick(lang))
    if limit.excluding:
        parts.append(NOT_COUNTED.pick(lang).format(w=_comma(lang).join(p.words.pick(lang) for p in limit.excluding)))
    return " · ".join([*parts, str(limit.cites)])


def _comma(lang: Lang) -> str:
    return "、" if lang == "zh" else ", "


def limit_kind(row: LimitRow) -> str:
    """``limit``, ``wait``, ``bars`` or ``target``."""
    if row.wait:
        return "wait"
    return "bars" if row.limit.bars else ("target" if row.limit.target else "limit")


def limit_hint(row: LimitRow, tables: Tables, lang: Lang) -> str:
    """What a reader sees when pointing at a limit: its name, what it counts from and to, its article in words."""
    since = [tables.steps[s].step.words.pick(lang) for s in row.since]
    if row.parent != STAYS:
        since = [tables.limits[row.parent].limit.words.pick(lang)]
    if row.fact is not None:
        since = [row.fact.title.pick(lang)]
    until = [tables.steps[s].step.words.pick(lang) for s in row.until] or ["—"]
    either = OR.pick(lang)
    return f"{row.code} — {limit_words(row, lang)}\n{either.join(since)} → {either.join(until)}\n{row.limit.cites.text(lang)}"


def pause_words(row: PauseRow, lang: Lang) -> str:
    """``鉴定期间 · ≤3个月 · CI22 243``."""
    pause = row.pause
    parts = [pause.words.pick(lang)]
    if pause.at_most is not None:
        parts.append(f"≤{pause.at_most.text.pick(lang)}")
    if pause.beyond is not None:
        parts.append(">" + "/".join(r.period.text.pick(lang) for r in rows_of(pause.beyond)))
    return " · ".join([*parts, str(pause.cites)])
