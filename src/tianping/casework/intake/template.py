"""对照模板 · The mapping that somebody with a file begins from: every step and question of a procedure, told where it is to be filled."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from enum import Enum
from typing import Any, Final

from tianping.casework.intake.mapping import COLUMNS
from tianping.law.text import T
from tianping.procedure.columns import FactColumn
from tianping.procedure.expressions import columns
from tianping.procedure.grammar import Fact
from tianping.procedure.registry import Folder
from tianping.procedure.tables import StepRow, compiled

NEEDED: Final = ("case", "step", "happened")
"""Without these columns no act can be read."""
WHAT: Final = dict(
    zip(
        COLUMNS,
        (
            T("登记号：同号各行是一件案件", "which case: rows of one number are one case"),
            T("环节", "the step"),
            T("发生时间", "when it happened"),
            T("分支标识，一案有几个时写", "which of several parts of a case"),
            T("办理人，几人用分号隔开", "who did it; several with semicolons"),
            T("身份", "the role"),
            T("机构代号", "the institution's code"),
            T("案由或者标题", "the title"),
            T("来源", "the source"),
            T("原有案号", "the case number that it has"),
        ),
        strict=True,
    )
)
KINDS: Final[dict[type[Any], T]] = {
    bool: T("是、否", "true or false"),
    int: T("整数", "a whole number"),
    Decimal: T("金额（元）", "an amount in yuan"),
    date: T("日期", "a date"),
    str: T("文字", "a text"),
}
HEAD: Final = T(
    "导入对照模板：{title}（{code}）。等号右边写文件里的列名；文件没有的列删去该行；以 # 开头的行需要时去掉 #。",
    "A mapping for {title} ({code}). On the right stands the column of your file; strike the lines of columns that it has not; take the # away "
    "where a line is wanted.",
)
STEPS: Final = T("环节：文件用词 = 环节代码；下列各名称不写也认得", "steps: the file's word = the step; the names below are known as they stand")
ASKS: Final = T("要素：要素 = 列；留空即未答", "facts: fact = column; an empty cell is no answer")
READ_BY: Final = T("需要，核准时要看：{steps}", "needed, the judging reads it: {steps}")
FREE: Final = T("可空", "may stay empty")
ASKED_BY: Final = T("填在：{steps}", "filled at: {steps}")
ANSWERS: Final = T("答案：文件用词 = 代码", "answers: the file's word = the code")


def mapping_template(folder: Folder) -> str:
    """A mapping file of the procedure as it is now, that can be read as it stands."""
    tables = compiled(folder.current)
    facts = [fact for fact, _ in tables.facts.values() if any(fact in row.step.asks for row in tables.steps)]
    lines = [_note(HEAD.fill(title=folder.current.title, code=folder.code)), "", "[columns]"]
    for name, told in WHAT.items():
        lines += [_note(told), f'{"" if name in NEEDED else "# "}{name} = "{name}"']
    lines += ["", _note(STEPS), "[steps]"]
    lines += [f'# "{row.step.words.zh}" = "{row.step.code}"    # {_line(row.step.words.en)}' for row in tables.steps]
    lines += ["", _note(ASKS), "[facts]"]
    for fact in facts:
        lines += _fact(fact, tables.steps)
    listed = [fact for fact in facts if issubclass(fact.kind, Enum)]
    for fact in listed:
        lines += ["", _note(ANSWERS), f"[values.{fact.name}]", *(f'# "{_line(str(member.value))}" = "{name}"' for name, member in _members(fact))]
    return "\n".join(lines) + "\n"


def _fact(fact: Fact[Any], steps: tuple[StepRow, ...]) -> Iterator[str]:
    """One question: its words, its help, its kind, where it is filled, whether the judging needs it."""
    read = [row for row in steps if any(FactColumn(fact) in columns(ground.rule) for ground, _ in row.guards)]
    asked = [row for row in steps if fact in row.step.asks]
    kind = T(*["、".join(name for name, _ in _members(fact))] * 2) if issubclass(fact.kind, Enum) else KINDS[fact.kind]
    yield ""
    yield _note(fact.title)
    if fact.hint is not None:
        yield _note(fact.hint)
    yield _note(kind)
    yield _note(ASKED_BY.fill(steps=_titles(asked)))
    yield _note(READ_BY.fill(steps=_titles(read)) if read else FREE)
    yield f'{"" if read else "# "}{fact.name} = "{fact.name}"'


def _members(fact: Fact[Any]) -> list[tuple[str, Enum]]:
    return list(fact.kind.__members__.items())


def _titles(rows: list[StepRow]) -> T:
    return T("、".join(row.step.words.zh for row in rows), ", ".join(row.step.words.en for row in rows))


def _note(text: T) -> str:
    return f"# {_line(text.zh)} · {_line(text.en)}" if text.zh != text.en else f"# {_line(text.zh)}"


def _line(text: str) -> str:
    return " ".join(text.split())
