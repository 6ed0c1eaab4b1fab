"""速裁案件 · A simple or small case in the hands of a team: assigned, served, listed, heard, decided in court, delivered, put on file."""

from __future__ import annotations

from datetime import date
from enum import Enum

from tianping.institutions.courts.fast_track.procedures.fast_track_team.procedure import Cause, FastTrackTeam
from tianping.law.statutes import CI22, CPL23, LOCAL_FAST_TRACK, SIM, TL00
from tianping.procedure import NEW, Extension, Fact, Ground, Limit, Pause, Procedure, Referral, Stage, Step, T, Tally, days, months
from tianping.procedure.contracts.matters import ServiceRequest, TeamTrial
from tianping.procedure.contracts.roles import Roles

IN_TRIAL_LIMIT = T("计入审限", "it counts towards the trial limit")


class Route(Enum):
    """程序 · What a team tries."""

    SMALL = "小额诉讼程序"
    SIMPLE = "简易程序"


class FastTrackCase(Procedure):
    """速裁案件 · One case of one team."""

    title = T("速裁案件", "Fast-track case")
    code = "fast_track_case"
    valid_from = date(2022, 1, 1)
    corrects = Roles.JUDGE

    filed_on = Fact(date, T("立案日期", "Day of filing"))
    route = Fact(Route, T("适用程序", "Which procedure?"))
    cause = Fact(Cause, T("案由", "Which kind of case?"))
    team = Fact(str, T("速裁团队", "Team"))
    judge = Fact(str, T("承办法官", "Judge in charge"))
    needs_notice = Fact(bool, T("是否需要公告送达", "Must a party be served by announcement?"))
    element_form = Fact(bool, T("是否用要素式庭审", "Tried by the form of elements?"))
    batch = Fact(str, T("批量开庭的批次", "Batch of hearings"), hint=T("单独开庭填本案案号", "the case's own number if it is heard alone"))
    unsuitable = Fact(bool, T("是否不宜当庭宣判", "Is it unsuited to judgment in court?"))

    service = Referral(
        ServiceRequest,
        by=Roles.CLERK | Roles.JUDGE_ASSISTANT,
        cites=CPL23[87, 128],
        no_limit=T("送达的期限在送达程序计算", "the limits run in the service of process"),
    )

    assigned = Stage(T("已分案", "Assigned"))
    served = Stage(T("已送达应诉材料", "Served"), no_limit=IN_TRIAL_LIMIT)
    listed = Stage(T("已排期", "Listed"), no_limit=IN_TRIAL_LIMIT)
    heard = Stage(T("已庭审", "Heard"), no_limit=IN_TRIAL_LIMIT)
    pronounced = Stage(T("已宣判", "Pronounced"))
    delivered = Stage(T("裁判文书已送达", "Delivered"), no_limit=T("归档时限由使用单位配置，未取得原文", "no text on the time to file was obtained"))
    archived = Stage(T("已归档", "On file"), answers=TeamTrial.tried)
    settled = Stage(T("调解或者撤诉结案", "Settled or withdrawn"), answers=TeamTrial.settled)
    converted = Stage(T("转为普通程序移出", "Turned ordinary, left the team"), answers=TeamTrial.converted)

    teams = Fact(
        int,
        T("该案由运行中的该团队", "That team, active for that kind of case"),
        known_by=Tally(
            FastTrackTeam.active, same=((team, FastTrackTeam.team), (cause, FastTrackTeam.cause)), within="organisation", procedure=FastTrackTeam
        ),
    )
    load = Fact(
        int,
        T("该团队未结案件数", "Open cases of the team"),
        known_by=Tally(assigned | served | listed | heard, same=(team,), within="organisation"),
    )

    is_small = route.is_(Route.SMALL)
    no_team = Ground(teams < 1, T("该团队未启用或者不审理此类案件", "The team is not active, or does not try such cases"), LOCAL_FAST_TRACK["案由"])
    by_notice = Ground(needs_notice.is_(True), T("简易程序不适用公告送达", "No service by announcement in the simple procedure"), CI22[140])
    suited = Ground(~unsuitable.is_(True), T("没有不宜当庭宣判的情形", "Nothing speaks against judgment in court"), SIM[27])
    unfit = Ground(unsuitable.is_(True), T("不宜当庭宣判", "It is unsuited to judgment in court"), SIM[27])

    assign = Step(
        NEW >> assigned,
        T("分案到团队", "Assign to the team"),
        by=Roles.FILING_JUDGE,
        asks=(filed_on, route, cause, team, judge, needs_notice, teams, load),
        unless=(no_team, by_notice),
        cites=CPL23[160, 165] + LOCAL_FAST_TRACK["分案"],
    )
    serve = Step(
        assigned >> served, T("送达应诉材料", "Serve the complaint"), by=Roles.CLERK | Roles.JUDGE_ASSISTANT | Roles.SERVER, cites=CPL23[128, 162]
    )
    schedule = Step(
        (served | listed) >> listed,
        T("排期", "List for hearing"),
        by=Roles.JUDGE_ASSISTANT | Roles.CLERK,
        asks=(batch,),
        cites=CPL23[162, 163] + LOCAL_FAST_TRACK["庭审"],
    )
    hear = Step(
        listed >> heard,
        T("庭审", "Hear"),
        by=Roles.JUDGE,
        asks=(element_form,),
        cites=CPL23[163] + LOCAL_FAST_TRACK["庭审"],
    )
    pronounce = Step(
        heard >> pronounced, T("当庭宣判", "Give judgment in court"), by=Roles.JUDGE, asks=(unsuitable,), unless=unfit, cites=SIM[27] + CPL23[151]
    )
    pronounce_later = Step(
        heard >> pronounced, T("定期宣判", "Give judgment later"), by=Roles.JUDGE, asks=(unsuitable,), unless=suited, cites=SIM[27, 31] + CPL23[151]
    )
    deliver = Step(
        pronounced >> delivered, T("送达裁判文书", "Deliver the judgment"), by=Roles.CLERK | Roles.SERVER, cites=CPL23[151] + SIM[28, 29, 31]
    )
    archive = Step(delivered >> archived, T("归档", "Put on file"), by=Roles.CLERK, cites=LOCAL_FAST_TRACK["归档"])
    settle = Step(
        (assigned | served | listed | heard) >> settled,
        T("调解或者撤诉结案", "Settle or withdraw"),
        by=Roles.JUDGE,
        cites=CPL23[100, 148],
    )
    convert = Step(
        (assigned | served | listed | heard) >> converted, T("裁定转为普通程序", "Turn ordinary"), by=Roles.JUDGE, cites=CPL23[170] + CI22[258]
    )
    stop_clock = Step(
        assigned | served | listed | heard, T("鉴定、和解等期间开始", "Appraisal, settlement talks begin"), by=Roles.JUDGE, cites=CI22[243] + TL00[9]
    )
    start_clock = Step(assigned | served | listed | heard, T("上述期间结束", "They end"), by=Roles.JUDGE, cites=CI22[243] + TL00[9])
    grant = Step(
        assigned | served | listed | heard, T("批准延长一个月", "Grant one month more"), by=Roles.PRESIDENT, at_most=1, cites=CPL23[164, 168]
    )

    not_counted = Pause(
        stop_clock, start_clock | settle | convert, title=T("不计入审限的期间", "Time that does not count"), cites=CI22[243] + TL00[9]
    )
    to_decide = Limit(
        since=filed_on,
        until=pronounce | pronounce_later | settle | convert,
        within=months(3).but(months(2), when=is_small),
        excluding=(not_counted,),
        extend=(Extension(months(1), grant=grant, title=T("院长批准延长一个月", "One month from the president"), cites=CPL23[164, 168]),),
        title=T("审限", "Trial limit"),
        cites=CPL23[164, 168] + TL00[8],
        warn=(days(15),),
    )
    to_serve = Limit(
        since=filed_on,
        until=serve | settle | convert,
        within=days(5),
        title=T("发送起诉状副本期限", "Time to send the complaint"),
        cites=CPL23[128],
    )
    to_deliver = Limit(
        since=pronounce,
        until=deliver,
        within=days(10),
        title=T("当庭宣判后发送判决书期限", "Time to send the judgment given in court"),
        cites=CPL23[151],
    )
    to_deliver_at_once = Limit(
        since=pronounce_later,
        until=deliver,
        within=days(0),
        title=T("定期宣判后立即发给判决书", "The judgment given later is handed over at once"),
        cites=CPL23[151],
    )
