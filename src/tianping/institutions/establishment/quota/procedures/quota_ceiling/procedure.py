"""员额核定 · How many posts an institution may have in the quota: an entry stands until the next one replaces it."""

from __future__ import annotations

from datetime import date
from enum import Enum

from tianping.law.statutes import JL, LOCAL_QUOTA, PL
from tianping.procedure import NEW, PLAIN, Fact, Ground, Procedure, Stage, Step, T, Tally
from tianping.procedure.contracts.roles import Roles


class Branch(Enum):
    """系列 · Judges and prosecutors have quotas of their own."""

    JUDGE = "法官"
    PROSECUTOR = "检察官"


class QuotaCeiling(Procedure):
    """员额核定 · The approved number of one institution, within the ratio of its staffing that the province has set."""

    title = T("员额核定", "Ceiling of the quota")
    code = "quota_ceiling"
    valid_from = date(2020, 1, 8)
    counting = PLAIN
    corrects = Roles.POLITICAL_LEGAL_COMMITTEE

    branch = Fact(Branch, T("系列", "Which branch?"))
    staffing = Fact(int, T("政法专项编制数", "Posts of the political-legal establishment"))
    percent = Fact(int, T("员额比例上限（百分之）", "Ceiling, in per cent of them"), hint=T("由省级规定填写", "as the province has set it"))
    approved = Fact(int, T("核定员额数", "Approved posts in the quota"))

    standing = Stage(T("有效", "In force"), no_limit=T("有效至下一次核定", "it stands until the next one"))
    replaced = Stage(T("已被替代", "Replaced"), end=True)

    others = Fact(int, T("同一机构仍有效的核定", "Other entries in force here"), known_by=Tally(standing, same=(branch,), within="organisation"))
    standing_already = Ground(others > 0, T("原核定未终止", "The former entry is still in force"), LOCAL_QUOTA["核定"])
    over_ratio = Ground(
        approved * 100 > staffing * percent, T("核定数超过比例上限", "More than the ratio allows"), JL[25] + PL[26] + LOCAL_QUOTA["比例"]
    )

    approve = Step(
        NEW >> standing,
        T("核定员额", "Approve the number"),
        by=Roles.POLITICAL_LEGAL_COMMITTEE,
        asks=(branch, staffing, percent, approved, others),
        unless=(standing_already, over_ratio),
        cites=JL[25] + PL[26] + LOCAL_QUOTA["核定"],
    )
    replace = Step(standing >> replaced, T("终止原核定", "End the entry"), by=Roles.POLITICAL_LEGAL_COMMITTEE, cites=JL[25] + PL[26])
