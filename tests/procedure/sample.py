"""样本程序 · One procedure that uses every word of the language, for tests of what reads definitions. Shortened; not the law of any court."""

from __future__ import annotations

from datetime import date
from enum import Enum

from tianping.law.statutes import CI22, CPL23, POLICY
from tianping.procedure import (
    NEW,
    PLAIN,
    Condition,
    Count,
    Extension,
    Fact,
    Ground,
    Limit,
    Many,
    One,
    Pause,
    Procedure,
    Referral,
    Stage,
    Step,
    T,
    Track,
    Wait,
    days,
    hours,
    months,
    working_days,
)
from tianping.procedure.contracts.matters import ServiceRequest
from tianping.procedure.contracts.roles import Roles


class Source(Enum):
    """来源 · How the suit came in."""

    counter = "counter"
    online = "online"


class Route(Track):
    """适用程序 · Ordinary or simple."""

    title = T("适用程序", "Route")
    simple = Stage(T("简易程序", "Simple"), no_limit=T("审限在主线计算", "the trial limit runs on the case"))
    ordinary = Stage(T("普通程序", "Ordinary"), no_limit=T("审限在主线计算", "the trial limit runs on the case"))
    as_simple = Step(NEW >> simple, T("适用简易程序", "Take the simple route"), by=Roles.FILING_JUDGE, cites=CPL23[160])
    as_ordinary = Step(NEW >> ordinary, T("适用普通程序", "Take the ordinary route"), by=Roles.FILING_JUDGE, cites=CPL23[126])
    convert = Step(simple >> ordinary, T("转为普通程序", "Turn ordinary"), by=Roles.JUDGE, cites=CPL23[170])


class Appraisal(Track):
    """鉴定 · One appraisal."""

    title = T("鉴定", "Appraisal")
    pending = Stage(T("鉴定中", "Pending"))
    done = Stage(T("已出意见", "Opinion given"), end=True)
    entrust = Step(NEW >> pending, T("委托鉴定", "Entrust"), by=Roles.JUDGE, cites=CPL23[79])
    opine = Step(pending >> done, T("出具意见", "Give the opinion"), by=Roles.APPRAISER, cites=CPL23[80], record_within=hours(48))
    to_opine = Limit(entrust, opine, working_days(30), title=T("鉴定期限", "Time to appraise"), target=True, cites=POLICY["类推顺延"])


class Trial(Procedure):
    """样本审判 · The main track of the sample."""

    title = T("样本审判程序", "Sample trial")
    code = "sample_trial"
    valid_from = date(2024, 1, 1)
    corrects = Roles.PRESIDENT | Roles.SUPERIOR_COURT

    origin = Fact(Source, T("来源", "Source"))
    hearing_on = Fact(date, T("开庭日期", "Date of the hearing"))
    listed = Fact(bool, T("挂牌督办", "Listed for supervision"), flag=True)

    route = One(Route)
    appraisals = Many(Appraisal, one_open=True)
    service = Referral(ServiceRequest, by=Roles.CLERK, cites=CPL23[128], no_limit=T("由送达中心计算", "runs with the service pool"))

    filed = Stage(T("已立案", "Filed"))
    ready = Stage(T("待开庭", "Ready to be heard"))
    suspended = Stage(T("诉讼中止", "Suspended"), no_limit=T("中止期间不计审限", "a suspended suit has no running limit"))
    judged = Stage(T("已宣判", "Judged"))
    closed = Stage(T("已结案", "Closed"), end=True)
    withdrawn = Stage(T("已撤诉", "Withdrawn"), end=True)
    merged = Stage(T("已并案", "Merged"), end=True)

    is_simple = route.at(Route.simple)
    in_simple = Ground(is_simple, T("适用简易程序", "The simple route applies"), CPL23[160])
    is_listed = Ground(listed.is_(True), T("挂牌督办案件", "It is listed for supervision"), CPL23[79])
    appraising = Ground(appraisals.any(Appraisal.pending), T("鉴定尚未完成", "An appraisal is pending"), CPL23[79])
    over_the_counter = Ground(origin.is_(Source.counter), T("窗口立案", "Filed at the counter"), CPL23[126])

    file = Step(NEW >> filed, T("立案", "File"), by=Roles.FILING_JUDGE, asks=(origin, listed), cites=CPL23[126])
    scan = Step(filed, T("扫描材料", "Scan the papers"), by=Roles.CLERK | Roles.JUDGE_ASSISTANT, when=over_the_counter, at_most=1, cites=CPL23[126])
    fix = Step(filed >> ready, T("确定开庭", "Fix the hearing"), by=Roles.JUDGE, asks=(hearing_on,), opens=(service,), cites=CPL23[139])
    notify = Step(ready, T("通知开庭", "Give notice of the hearing"), by=Roles.CLERK, cites=CPL23[139])
    adjourn = Step(ready, T("延期开庭", "Adjourn"), by=Roles.JUDGE, at_most=Count(2).but(1, when=is_simple), cites=CPL23[149])
    grant = Step(ready | filed, T("院长批准延长", "President grants more time"), by=Roles.PRESIDENT, not_by=fix, cites=CPL23[152])
    grant_more = Step(ready | filed, T("上级批准延长", "Superior court grants more time"), by=Roles.SUPERIOR_COURT, cites=CPL23[152])
    ask = Step(ready | filed, T("申请延长", "Ask for more time"), by=Roles.JUDGE, cites=CPL23[152])
    suspend = Step(ready >> suspended, T("中止诉讼", "Suspend"), by=Roles.JUDGE, cites=CPL23[153])
    resume = Step(suspended >> ready, T("恢复诉讼", "Resume"), by=Roles.JUDGE, cites=CPL23[153])
    judge = Step(ready >> judged, T("宣判", "Pronounce judgment"), by=Roles.JUDGE, unless=appraising, cites=CPL23[151])
    withdraw = Step((filed | ready) >> withdrawn, T("准许撤诉", "Allow the withdrawal"), by=Roles.APPLICANT & Roles.JUDGE, cites=CPL23[148])
    merge = Step(filed >> merged, T("并案", "Merge"), by=Roles.FILING_JUDGE, into=True, sets=((listed, False),), cites=CPL23[143])
    unserved = Step(filed, T("送达未成", "Service failed"), by=Roles.SYSTEM, on=service.heard(ServiceRequest.unserved), cites=CPL23[128])

    calm_only = Condition(Appraisal.entrust, unless=is_listed)

    appraisal = Pause(Appraisal.entrust, Appraisal.opine, at_most=months(3), title=T("鉴定期间", "Appraisal"), cites=CI22[243])
    suspension = Pause(suspend, resume, halts=True, title=T("中止期间", "Suspension"), cites=CPL23[153])

    one_more = Extension(months(6), grant=grant, ask=ask, ask_before=days(15), decide_before=days(5), cites=CPL23[152])
    two_more = Extension(months(3), grant=grant_more, cites=CPL23[152])
    to_judge = Limit(
        since=file,
        until=judge | withdraw | merge,
        within=months(6).but(months(3), when=is_simple),
        excluding=(appraisal, suspension),
        extend=(one_more, two_more),
        title=T("审限", "Trial limit"),
        cites=CPL23[152, 164],
        warn=(days(15),),
    )
    to_fix = Limit(
        file,
        fix | withdraw | merge,
        days(5).before(date(2024, 6, 1), days(7)),
        title=T("排期期限", "Time to fix a day"),
        target=True,
        cites=POLICY["类推顺延"],
    )
    notice = Limit(hearing_on, notify, days(3), backwards=True, title=T("开庭通知期限", "Notice of the hearing"), cites=CPL23[139])
    grace = Wait(fix, judge, days(15), counting=PLAIN, title=T("答辩期未满不得宣判", "No judgment before the defence period ends"), cites=CPL23[128])
    after_limit = Limit(to_judge, judge, days(30), title=T("超审限后督办期限", "Time after the trial limit"), target=True, cites=POLICY["类推顺延"])
    to_appeal = Limit(judge, None, days(15), title=T("上诉期", "Time to appeal"), cites=CPL23[171])
    close = Step(judged >> closed, T("结案", "Close"), by=Roles.SYSTEM, on=to_appeal, cites=CPL23[171])
