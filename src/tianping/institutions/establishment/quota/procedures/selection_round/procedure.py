"""员额遴选 · A round of selection: notice, candidates one by one, the provincial committee, publicity, appointment."""

from __future__ import annotations

from datetime import date
from enum import Enum

from tianping.institutions.establishment.quota.procedures.quota_ceiling.procedure import Branch
from tianping.law.statutes import JL, LOCAL_QUOTA, PL
from tianping.procedure import NEW, PLAIN, Condition, Fact, Ground, Many, Procedure, Stage, Step, T, Track
from tianping.procedure.contracts.roles import Roles

NO_TEXT = T("批次日程由省级安排，未查得法定期限", "the province sets the calendar; no statutory time was found")


class Degree(Enum):
    """学位 · What shortens the years of legal work that are asked for."""

    BACHELOR = "学士"
    MASTER = "法律硕士、法学硕士"
    DOCTOR = "法学博士"


class Candidate(Track):
    """候选人 · One person who applies."""

    title = T("候选人", "Candidate")
    counting = PLAIN

    degree = Fact(Degree, T("法学学位", "Which law degree?"))
    legal_years = Fact(int, T("从事法律工作年限", "Years of legal work"))
    from_practice = Fact(bool, T("是否从律师中公开选拔", "Selected from practising lawyers?"))
    practice_years = Fact(int, T("律师实际执业年限", "Years of practice"))
    exam = Fact(bool, T("是否取得法律职业资格", "Holds the legal qualification?"))
    disqualified = Fact(bool, T("有无不得担任的情形", "Anything that disqualifies?"))
    objection = Fact(bool, T("公示期间有无成立的异议", "Did an objection stand?"))

    applied = Stage(T("候选", "Applied"), no_limit=NO_TEXT)
    admitted = Stage(T("初审通过", "Admitted"), no_limit=NO_TEXT)
    assessed = Stage(T("考核通过", "Assessed"), no_limit=NO_TEXT)
    reviewed = Stage(T("省遴选委员会审核通过", "Passed by the committee"), no_limit=NO_TEXT)
    published = Stage(T("公示", "Published"), no_limit=T("公示期由省级规定填写，未查得", "the length of the publicity was not found"))
    appointed = Stage(T("入额", "Appointed"), end=True)
    refused = Stage(T("未入额", "Not appointed"), end=True)

    too_short = Ground(
        (degree.is_(Degree.BACHELOR) & (legal_years < 5))
        | (degree.is_(Degree.MASTER) & (legal_years < 4))
        | (degree.is_(Degree.DOCTOR) & (legal_years < 3)),
        T("从事法律工作年限不足", "Too few years of legal work"),
        JL[12] + PL[12],
    )
    unqualified = Ground(~exam.is_(True), T("未取得法律职业资格", "No legal qualification"), JL[12] + PL[12])
    barred = Ground(disqualified.is_(True), T("有不得担任的情形", "Disqualified"), JL[13] + PL[13])
    short_practice = Ground(
        from_practice.is_(True) & (practice_years < 5), T("律师执业不足五年", "Less than five years of practice"), JL[15] + PL[15]
    )
    stood = Ground(objection.is_(True), T("公示异议成立", "An objection stood"), LOCAL_QUOTA["批次"])

    apply = Step(
        NEW >> applied,
        T("报名", "Apply"),
        by=Roles.CANDIDATE,
        asks=(degree, legal_years, from_practice, practice_years, exam, disqualified),
        cites=JL[12, 14] + PL[12, 14],
    )
    admit = Step(
        applied >> admitted,
        T("资格审查通过", "Admit"),
        by=Roles.POLITICAL_DEPARTMENT,
        unless=(too_short, unqualified, barred, short_practice),
        cites=JL[12, 13, 15] + PL[12, 13, 15],
    )
    assess = Step(admitted >> assessed, T("考试考核通过", "Pass the examination"), by=Roles.POLITICAL_DEPARTMENT, cites=JL[14] + PL[14])
    review = Step(assessed >> reviewed, T("专业审核通过", "Pass the review"), by=Roles.SELECTION_COMMITTEE, cites=JL[16] + PL[16])
    publish = Step(reviewed >> published, T("公示", "Publish the name"), by=Roles.POLITICAL_DEPARTMENT, cites=LOCAL_QUOTA["批次"])
    appoint = Step(published >> appointed, T("任命入额", "Appoint"), by=Roles.APPOINTING_BODY, asks=(objection,), unless=stood, cites=JL[18] + PL[18])
    refuse = Step(
        (applied | admitted | assessed | reviewed | published) >> refused,
        T("不予入额", "Do not appoint"),
        by=Roles.POLITICAL_DEPARTMENT | Roles.SELECTION_COMMITTEE,
        cites=JL[14, 16] + PL[14, 16],
    )


class SelectionRound(Procedure):
    """员额遴选 · One batch of one institution's branch."""

    title = T("员额遴选", "Selection into the quota")
    code = "selection_round"
    valid_from = date(2020, 1, 8)
    counting = PLAIN
    corrects = Roles.POLITICAL_DEPARTMENT

    branch = Fact(Branch, T("系列", "Which branch?"))
    batch = Fact(int, T("批次", "Which batch?"))
    places = Fact(int, T("拟选人数", "Places to fill"))
    sitting_members = Fact(int, T("遴选委员会出席人数", "Members of the committee"))
    own_branch = Fact(int, T("其中法官（检察官）代表", "Judges (prosecutors) among them"))

    candidates = Many(Candidate)

    announced = Stage(T("已发布公告", "Announced"), no_limit=NO_TEXT)
    sitting = Stage(T("遴选委员会审核中", "The committee sits"), no_limit=NO_TEXT)
    closed = Stage(T("批次办结", "Closed"), end=True)

    too_few_own = Ground(
        own_branch * 3 < sitting_members, T("法官（检察官）代表不足三分之一", "Fewer than a third are judges (prosecutors)"), JL[16] + PL[16]
    )
    undecided = Ground(
        candidates.any(Candidate.applied | Candidate.admitted | Candidate.assessed | Candidate.reviewed | Candidate.published),
        T("尚有候选人未定", "Candidates are undecided"),
        LOCAL_QUOTA["批次"],
    )

    announce = Step(
        NEW >> announced,
        T("发布遴选公告", "Announce"),
        by=Roles.POLITICAL_DEPARTMENT,
        asks=(branch, batch, places),
        cites=JL[14] + PL[14] + LOCAL_QUOTA["批次"],
    )
    convene = Step(
        announced >> sitting,
        T("组成遴选委员会", "Convene the committee"),
        by=Roles.SELECTION_COMMITTEE,
        asks=(sitting_members, own_branch),
        unless=too_few_own,
        cites=JL[16] + PL[16],
    )
    close = Step(sitting >> closed, T("批次办结", "Close the round"), by=Roles.POLITICAL_DEPARTMENT, unless=undecided, cites=LOCAL_QUOTA["批次"])

    not_sitting = Ground(~convene.done, T("遴选委员会尚未组成", "The committee was not convened"), JL[16] + PL[16])
    reviewed_by_committee = Condition(Candidate.review, unless=not_sitting)
