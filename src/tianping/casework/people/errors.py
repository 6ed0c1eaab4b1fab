"""机构与人员的错误 · What can be wrong with institutions, posts and roles. Codes OPS-50x."""

from __future__ import annotations

from tianping.law.errors import TianpingError
from tianping.law.text import T


class OutOfTerm(TianpingError):
    """超出任期 · Days that do not lie within those of what they depend on, or end before they begin."""

    code = "OPS-501"
    what = T("{what}的起止日不当：{reason}", "The days of the {what} will not do: {reason}")
    todo = T("请使起止日落在所属机构、岗位的有效期内。", "Let them lie within the days of the institution and the post.")


class Overlapping(TianpingError):
    """任期重叠 · The same post or role twice at one time."""

    code = "OPS-502"
    what = T("{what}“{name}”与已有的任期重叠（{first} 至 {last}）。", "The {what} “{name}” overlaps one that is there ({first} to {last}).")
    todo = T("请先结束已有的任期，或改为其后开始。", "End the one that is there first, or begin after it.")


class NotActing(TianpingError):
    """不能代理 · Somebody who cannot act for a post."""

    code = "OPS-503"
    what = T("不能代理岗位 {post}：{reason}", "The post {post} cannot be acted for so: {reason}")
    todo = T("请另选代理人，或为其设立岗位。", "Choose somebody else, or make a post for them.")


class Circular(TianpingError):
    """上级循环 · An institution that would stand above itself."""

    code = "OPS-504"
    what = T("“{name}”不能归入自己的下级“{parent}”。", "“{name}” cannot be put under “{parent}”, which stands under it.")
    todo = T("请另选上级机构。", "Choose another institution above it.")


class StillInUse(TianpingError):
    """仍在使用 · An institution that cannot be closed because something in it goes on."""

    code = "OPS-505"
    what = T(
        "“{name}”不能于 {day} 撤销：下级机构 {children} 个、岗位 {posts} 个、未结案件 {cases} 件。",
        "“{name}” cannot be closed on {day}: {children} institutions under it, {posts} posts and {cases} cases go on.",
    )
    todo = T("请先移出下级机构、结束岗位、办结案件，或并入另一机构。", "Move or end them first, or merge it into another institution.")
