"""员额岗位 · One judge or prosecutor in the quota: appointed, promoted, taken off cases, gone; and the vacancy that follows.

The grounds of an exit are those of the statutes and no others. What the trial measures of 2020 add is known from secondary sources and labelled so.
"""

from __future__ import annotations

from datetime import date
from enum import Enum

from tianping.institutions.establishment.quota.procedures.quota_ceiling.procedure import Branch, QuotaCeiling
from tianping.law.statutes import JL, LOCAL_QUOTA, PL, QUOTA_EXIT20
from tianping.procedure import NEW, PLAIN, Fact, Ground, Limit, Procedure, Stage, Step, T, Tally, Wait, days, years
from tianping.procedure.contracts.roles import Roles

RUNNING = T("任职期间不计时限", "nothing runs while the post is held")
NO_NUMBER = T("法律只说及时补充，未定期限", "the law says promptly and sets no number")


class Rank(Enum):
    """等级 · The twelve grades, from the chief down."""

    CHIEF = "首席大法官（大检察官）"
    GRAND_1 = "一级大法官（大检察官）"
    GRAND_2 = "二级大法官（大检察官）"
    SENIOR_1 = "一级高级法官（检察官）"
    SENIOR_2 = "二级高级法官（检察官）"
    SENIOR_3 = "三级高级法官（检察官）"
    SENIOR_4 = "四级高级法官（检察官）"
    FIRST = "一级法官（检察官）"
    SECOND = "二级法官（检察官）"
    THIRD = "三级法官（检察官）"
    FOURTH = "四级法官（检察官）"
    FIFTH = "五级法官（检察官）"


class ExitGround(Enum):
    """退出事由 · The eight statutory grounds of removal, and what is none of them."""

    NATIONALITY = "丧失国籍"
    TRANSFERRED = "调出"
    CHANGED_POST = "职务变动或者本人申请获准"
    UNFIT = "经考核不能胜任"
    HEALTH = "因健康长期不能履职"
    RETIRED = "退休"
    RESIGNED = "辞职或者应当辞退"
    MISCONDUCT = "违纪违法不宜继续任职"
    OTHER = "其他（非法定事由）"


class QuotaPost(Procedure):
    """员额岗位 · A place in the quota and whoever holds it."""

    title = T("员额岗位", "Post in the quota")
    code = "quota_post"
    valid_from = date(2020, 1, 8)
    counting = PLAIN
    corrects = Roles.POLITICAL_DEPARTMENT

    branch = Fact(Branch, T("系列", "Which branch?"))
    batch = Fact(int, T("入额批次", "Which batch?"))
    leader = Fact(bool, T("是否领导干部", "A leading cadre?"))
    related = Fact(bool, T("有无应当任职回避的亲属关系", "A relative that bars the post?"))
    rank = Fact(Rank, T("等级", "Grade"))
    handled = Fact(int, T("本年度办理案件数", "Cases handled this year"))
    ground = Fact(ExitGround, T("退出事由", "Ground of the exit"))
    sitting_members = Fact(int, T("惩戒委员会出席人数", "Members of the disciplinary committee"))
    own_branch = Fact(int, T("其中法官（检察官）代表", "Judges (prosecutors) among them"))

    in_post = Stage(T("在额", "In the quota"), no_limit=RUNNING)
    suspended = Stage(T("停止办案", "Taken off cases"), no_limit=T("未查得停止办案的最长期限", "no text was found on how long it may last"))
    leaving = Stage(T("待免职", "Removal asked for"), no_limit=T("任免机关的期限未查得", "no text was found on the appointing body's time"))
    vacant = Stage(T("缺额", "Vacant"), no_limit=NO_NUMBER)
    filled = Stage(T("缺额已补充", "Vacancy filled"), end=True)
    given_up = Stage(T("缺额已核减", "Vacancy given up"), end=True)

    holders = Fact(
        int,
        T("本机构同系列在额人数", "Others in the quota here"),
        known_by=Tally(in_post | suspended | leaving, same=(branch,), within="organisation"),
    )
    ceiling = Fact(
        int,
        T("本机构核定员额数", "Approved number here"),
        known_by=Tally(QuotaCeiling.standing, same=((branch, QuotaCeiling.branch),), sums=QuotaCeiling.approved, within="organisation"),
    )
    full = Ground(ceiling <= holders, T("员额已满或者未核定", "The quota is full, or no number was approved"), JL[25] + PL[26] + LOCAL_QUOTA["比例"])
    barred_kin = Ground(related.is_(True), T("有应当回避的亲属关系", "A relative bars the post"), JL[23, 24])
    not_statutory = Ground(ground.is_(ExitGround.OTHER), T("非法定事由不得免职或者调离", "Not a statutory ground"), JL[20, 53] + PL[20])
    for_misconduct = ground.is_(ExitGround.MISCONDUCT)
    too_few_own = Ground(
        for_misconduct & (own_branch * 2 < sitting_members),
        T("惩戒委员会中法官（检察官）代表不足半数", "Fewer than half are judges (prosecutors)"),
        JL[48] + PL[49],
    )
    not_heard = Ground(
        for_misconduct & ~sitting_members.known(),
        T("违纪违法的，须有惩戒委员会审查意见", "Misconduct needs the committee's opinion"),
        JL[48] + PL[49],
    )

    enter = Step(
        NEW >> in_post,
        T("入额", "Enter the quota"),
        by=Roles.APPOINTING_BODY & Roles.POLITICAL_DEPARTMENT,
        asks=(branch, batch, leader, related, rank, holders, ceiling),
        unless=(full, barred_kin),
        cites=JL[18, 25] + PL[18, 26] + LOCAL_QUOTA["批次"],
    )
    promote = Step(in_post, T("晋升等级", "Promote"), by=Roles.POLITICAL_DEPARTMENT, asks=(rank,), cites=JL[26] + PL[27])
    report_promotion = Step(
        in_post, T("报组织部门备案", "Report the promotion"), by=Roles.POLITICAL_LEGAL_COMMITTEE, cites=LOCAL_QUOTA["备案"] + JL[26] + PL[27]
    )
    count_cases = Step(
        in_post, T("登记年度办案数", "Enter the year's cases"), by=Roles.POLITICAL_DEPARTMENT, asks=(handled,), cites=LOCAL_QUOTA["入额领导"]
    )
    suspend = Step(
        in_post >> suspended, T("停止办案", "Take off cases"), by=Roles.POLITICAL_DEPARTMENT, cites=LOCAL_QUOTA["入额领导"] + JL[25] + PL[26]
    )
    resume = Step(suspended >> in_post, T("恢复办案", "Put back on cases"), by=Roles.POLITICAL_DEPARTMENT, cites=JL[25] + PL[26])
    opine = Step(
        in_post | suspended,
        T("惩戒委员会审查意见", "The disciplinary committee's opinion"),
        by=Roles.DISCIPLINE_COMMITTEE,
        asks=(sitting_members, own_branch),
        cites=JL[48] + PL[49],
    )
    propose_exit = Step(
        (in_post | suspended) >> leaving,
        T("提请免职退出员额", "Ask for the removal"),
        by=Roles.POLITICAL_DEPARTMENT,
        asks=(ground,),
        unless=(not_statutory, not_heard, too_few_own),
        cites=JL[20] + PL[20] + QUOTA_EXIT20["三种退出"],
    )
    ask_review = Step(leaving, T("本人申请复核", "Ask for a review"), by=Roles.CANDIDATE, at_most=1, cites=QUOTA_EXIT20["复核"])
    keep = Step(leaving >> in_post, T("复核后不予免职", "Keep after all"), by=Roles.APPOINTING_BODY, cites=QUOTA_EXIT20["复核"] + JL[18] + PL[18])
    leave = Step(leaving >> vacant, T("免职并退出员额", "Remove from the quota"), by=Roles.APPOINTING_BODY, cites=JL[18, 20] + PL[18, 20])
    fill = Step(vacant >> filled, T("补充缺额", "Fill the vacancy"), by=Roles.POLITICAL_DEPARTMENT, cites=JL[25] + PL[26])
    give_up = Step(vacant >> given_up, T("核减缺额", "Give the vacancy up"), by=Roles.POLITICAL_LEGAL_COMMITTEE, cites=JL[25] + PL[26])
    practise = Step(
        vacant | filled | given_up, T("离任后以律师身份执业", "Practise as a lawyer afterwards"), by=Roles.CANDIDATE, cites=JL[36] + PL[37]
    )

    to_ask_review = Limit(
        since=propose_exit,
        until=ask_review,
        within=days(7),
        bars=True,
        waived=keep | leave,
        title=T("申请复核期限", "Time to ask for a review"),
        cites=QUOTA_EXIT20["复核"],
    )
    two_years = Wait(
        since=leave, until=practise, within=years(2), title=T("离任后两年内不得任律师代理", "Two years without practice"), cites=JL[36] + PL[37]
    )
