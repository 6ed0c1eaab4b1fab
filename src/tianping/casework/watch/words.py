"""督办措辞 · What a finding is called. It keeps the Chinese words in which it was ordered; in the definitions the other language is found again."""

from __future__ import annotations

from functools import cache

from tianping.casework.engine.registered import folders
from tianping.casework.watch.elements import watch
from tianping.law.text import T
from tianping.procedure.tables import compiled


@cache
def limits_said() -> dict[str, T]:
    """Every limit of every version, by its Chinese words."""
    tables = (compiled(version) for folder in folders().values() for version in folder.versions)
    return {row.limit.words.zh: row.limit.words for one in tables for row in one.limits}


def rule_said(rule: str) -> T:
    """期限名称 · The limit that a finding is about; what somebody wrote himself stays as it is."""
    return limits_said().get(rule) or T(rule, rule)


def ordered_title(element: T, rule: T, subject: str) -> T:
    """督办标题 · What a finding is called that was ordered for a missed limit."""
    return T(f"{element.zh}：{rule.zh}（{subject}）"[:200], f"{element.en}: {rule.en} ({subject})"[:200])


def title_said(title: str, element: str, rule: str, subject: str) -> T:
    """标题 · The title of a finding in both languages, where it is made of words that are known."""
    known = next((e.title for e in watch().elements if e.code == element), None)
    said = T(title, title) if known is None else ordered_title(known, rule_said(rule), subject)
    return said if said.zh == title else T(title, title)
