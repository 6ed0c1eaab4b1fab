"""放假安排的错误 · What can go wrong when a holiday notice is loaded. Codes OPS-76x."""

from __future__ import annotations

from tianping.law.errors import TianpingError
from tianping.law.text import T


class YearOutOfTurn(TianpingError):
    """年份不接续 · A notice of a year that does not follow the published ones: between them every day would count as published."""

    code = "OPS-761"
    what = T("{year}年的放假安排不能装入：须是{first}至{last}年。", "A notice of {year} cannot be loaded: it must be a year from {first} to {last}.")
    todo = T("请先装入其间各年的通知。", "Load the notices of the years between first.")


class NoSuchTrial(TianpingError):
    """没有此试排 · No reckoning of this number."""

    code = "OPS-762"
    what = T("没有编号为 {number} 的试排或者重算。", "There is no trial or reckoning with the number {number}.")
    todo = T("请从放假安排页面进入。", "Start from the page of the calendar.")


class NotTriedOut(TianpingError):
    """尚未试排完 · A notice can only be loaded once it was tried out on every open limit."""

    code = "OPS-763"
    what = T("试排还没有做完：{total} 件案件中做了 {done} 件。", "The trial is not done: {done} of {total} cases.")
    todo = T("请等试排做完，核对移动的期限后再启用。", "Wait until it is done, look at the limits that move, then load it.")


class CalendarMoved(TianpingError):
    """日历已变 · Another notice was loaded since this one was tried out."""

    code = "OPS-764"
    what = T("试排之后另有通知装入，试排结果已经不是现在的样子。", "Another notice was loaded since this trial; what it shows no longer holds.")
    todo = T("请重新试排。", "Try it out again.")


class AlreadyLoaded(TianpingError):
    """相同的通知已装入 · The notice that holds for the year says the same days."""

    code = "OPS-765"
    what = T("{year}年现行的放假安排与此相同，不必再装。", "The arrangement that holds for {year} is the same; there is nothing to load.")
    todo = T("如来源写错，请在通知说明中更正后另行记录。", "If it is its source that is wrong, note that elsewhere; the days stay.")
