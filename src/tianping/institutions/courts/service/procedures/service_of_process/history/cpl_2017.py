"""送达 · Service of process in 2021: an announcement takes sixty days, judgments, rulings and mediation statements are not served electronically.

It begins with the interpretation of 2020: the text before it was not held. An announcement made from 2022 on takes thirty days here too.
"""

from __future__ import annotations

from datetime import date
from enum import Enum

from tianping.law.statutes import CI20, CPL17, EMS04, POLICY
from tianping.procedure import NEW, PLAIN, Condition, Fact, Ground, Limit, Many, Procedure, Stage, Step, T, Track, days, months
from tianping.procedure.contracts.matters import ServiceRequest
from tianping.procedure.contracts.roles import Roles

UNDER_WAY = T("期限在送达任务上计算", "the limit runs on the task of service")


class Document(Enum):
    """文书种类 · What is served; it decides which right begins to run, and which channels are closed."""

    COPY = "起诉状、上诉状或者答辩状副本"
    JUDGMENT = "判决书"
    RULING = "可以上诉的裁定书"
    MEDIATION_STATEMENT = "调解书"
    OTHER = "其他文书"


class Direct(Track):
    """直接送达 · One visit, or one call to court; a refusal at the domicile lets the document be left there."""

    title = T("直接送达与留置送达", "Direct service, and leaving the document")

    proof_of_leaving = Fact(bool, T("有无见证人在场或者拍照录像", "Were witnesses present, or was it photographed or filmed?"))

    going = Stage(T("直接送达中", "On the way"), no_limit=UNDER_WAY)
    handed = Stage(T("直接送达", "Handed over"), end=True)
    nobody = Stage(T("未能直接送达", "Not handed over"), end=True)

    unproven = Ground(~proof_of_leaving.is_(True), T("留置未经见证或者记录", "Leaving it was neither witnessed nor recorded"), CPL17[86])

    go = Step(NEW >> going, T("前往送达或者通知领取", "Go there, or call to court"), by=Roles.SERVER, cites=CPL17[85] + CI20[131])
    hand_over = Step(
        going >> handed, T("受送达人或者代收人签收", "Signed for by the addressee or for him"), by=Roles.SERVER, cites=CPL17[84, 85] + CI20[130, 132]
    )
    leave = Step(
        going >> handed,
        T("留置送达", "Leave it at the domicile"),
        by=Roles.SERVER,
        unless=unproven,
        asks=(proof_of_leaving,),
        cites=CPL17[86] + CI20[130],
    )
    sign_refused = Step(
        going >> handed, T("到院或者住所外拒签，视为送达", "Signature refused at court or elsewhere"), by=Roles.SERVER, cites=CI20[131]
    )
    miss = Step(going >> nobody, T("无人可收", "Nobody to receive it"), by=Roles.SERVER, cites=CPL17[85])


class Electronic(Track):
    """电子送达 · One message to one electronic address."""

    title = T("电子送达", "Electronic service")

    consents = Fact(bool, T("受送达人是否同意电子送达", "Has the addressee agreed to electronic service?"))
    address_confirmed = Fact(bool, T("电子地址是否由受送达人提供或者确认", "Did the addressee give or confirm the address?"))

    sent = Stage(T("电子送达中", "Message sent"), no_limit=UNDER_WAY)
    arrived = Stage(T("电子送达生效", "Served electronically"), end=True)
    undelivered = Stage(T("电子送达未生效", "Not served electronically"), end=True)

    no_consent = Ground(~consents.is_(True), T("受送达人未同意电子送达", "The addressee has not agreed to electronic service"), CPL17[87] + CI20[136])
    unconfirmed = Ground(~address_confirmed.is_(True), T("地址未经确认书确认", "The address was not confirmed in writing"), CI20[136])

    send = Step(
        NEW >> sent,
        T("发送电子文书", "Send the message"),
        by=Roles.SERVER,
        unless=(no_consent, unconfirmed),
        asks=(consents, address_confirmed),
        cites=CPL17[87] + CI20[135, 136],
    )
    arrive = Step(sent >> arrived, T("到达特定系统", "It reaches the addressee's system"), by=Roles.SYSTEM, cites=CPL17[87] + CI20[135])
    bounce = Step(sent >> undelivered, T("发送失败", "Bounced"), by=Roles.SYSTEM | Roles.SERVER, cites=CPL17[87])


class Postal(Track):
    """邮寄送达 · One court express letter."""

    title = T("邮寄送达（法院专递）", "Service by court express mail")

    at_fault = Fact(bool, T("退回是否因受送达人自身原因", "Did it come back through the addressee's own fault?"))

    posted = Stage(T("邮寄中", "Posted"), no_limit=UNDER_WAY)
    signed = Stage(T("邮寄送达", "Served by post"), end=True)
    came_back = Stage(T("邮件退回", "Letter came back"), end=True)

    not_at_fault = Ground(~at_fault.is_(True), T("退回非因受送达人自身原因", "It did not come back through the addressee's fault"), EMS04[11])

    post = Step(NEW >> posted, T("交邮", "Post it"), by=Roles.SERVER, cites=CPL17[88] + EMS04[1])
    attempt = Step(posted, T("投递未成", "A vain attempt to deliver"), by=Roles.SERVER, cites=EMS04[6])
    sign = Step(posted >> signed, T("签收邮件", "The letter is signed for"), by=Roles.SERVER, cites=CPL17[88] + EMS04[7:9])
    return_as_served = Step(
        posted >> signed,
        T("退回之日视为送达", "Served on the day it came back"),
        by=Roles.SERVER,
        unless=not_at_fault,
        asks=(at_fault,),
        cites=EMS04[11],
    )
    too_few = Ground(attempt.times < 3, T("投递不足三次", "Fewer than three attempts"), EMS04[6])
    come_back = Step(posted >> came_back, T("多次投递未成退回", "Returned after three attempts"), by=Roles.SERVER, unless=too_few, cites=EMS04[6])


class Entrusted(Track):
    """委托送达 · Service by another court on this court's letter."""

    title = T("委托其他法院送达", "Service by another court")

    asked = Stage(T("已发委托函", "Letter sent"), no_limit=T("期限自受委托法院收到之日起算", "the limit runs from its receipt by the other court"))
    taken = Stage(T("受委托法院送达中", "With the other court"))
    done = Stage(T("委托送达", "Served by the other court"), end=True)
    failed = Stage(T("委托送达未成", "Not served by the other court"), end=True)

    ask = Step(NEW >> asked, T("委托送达", "Entrust another court"), by=Roles.COURT, cites=CPL17[88] + CI20[134])
    take = Step(asked >> taken, T("受委托法院收到", "The other court receives it"), by=Roles.COURT, cites=CI20[134])
    serve = Step(taken >> done, T("受委托法院送达", "The other court serves it"), by=Roles.COURT, cites=CI20[134])
    fail = Step(taken >> failed, T("受委托法院未能送达", "The other court cannot serve it"), by=Roles.COURT, cites=CI20[134])

    to_serve = Limit(since=take, until=serve | fail, within=days(10), title=T("委托送达期限", "Time for the other court"), cites=CI20[134])


class Forwarded(Track):
    """转交送达 · Through a soldier's unit, or the place where the addressee is held."""

    title = T("转交送达", "Service through a unit or institution")

    passing = Stage(T("转交中", "Being passed on"), no_limit=T("法律要求立即转交，未定日数", "the law says at once and gives no number of days"))
    done = Stage(T("转交送达", "Served through it"), end=True)
    failed = Stage(T("转交未成", "Not served through it"), end=True)

    pass_on = Step(NEW >> passing, T("交所在部队、监所转交", "Hand it to the unit or institution"), by=Roles.SERVER, cites=CPL17[89, 90])
    sign = Step(passing >> done, T("受送达人签收", "The addressee signs"), by=Roles.SERVER, cites=CPL17[91])
    fail = Step(passing >> failed, T("未能转交", "It cannot be passed on"), by=Roles.SERVER, cites=CPL17[91])


class Service(Procedure):
    """送达 · One document to one addressee: attempts by any channels, an announcement where all fail, and the right that then begins to run."""

    title = T("送达", "Service of process")
    code = "service_of_process"
    valid_from = date(2021, 1, 1)
    valid_to = date(2021, 12, 31)
    corrects = Roles.CLERK | Roles.JUDGE

    document = Fact(Document, T("文书种类", "Which document is it?"))
    simple = Fact(bool, T("是否适用简易程序", "Is the case in simple procedure?"))
    abroad = Fact(bool, T("受送达人是否在我国领域内没有住所", "Is the addressee without domicile in China?"))
    send_from = Fact(date, T("立案之日或者收到答辩状之日", "Day of filing, or day the defence was received"))
    missing = Fact(bool, T("是否下落不明", "Is the addressee's whereabouts unknown?"))

    direct = Many(Direct)
    electronic = Many(Electronic)
    postal = Many(Postal)
    entrusted = Many(Entrusted)
    forwarded = Many(Forwarded)

    pending = Stage(
        T("送达中", "Being served"),
        no_limit=T("副本的发送期限另计；其他文书法律未定期限", "copies have their own limit; for others the law sets none"),
    )
    announced = Stage(T("公告中", "Announced"))
    announced_abroad = Stage(T("涉外公告中", "Announced for an addressee abroad"))
    lapsed = Stage(
        T("公告期满", "Announcement lapsed"), no_limit=T("期满即视为送达，待登记", "it counts as served at once and is only to be entered")
    )
    served = Stage(T("送达生效", "Served"), no_limit=T("法律未定回证归档期限", "the law sets no time to file the proof"))
    proven = Stage(T("已回证", "Proved"), answers=ServiceRequest.served)
    unserved = Stage(T("未能送达", "Not served"), answers=ServiceRequest.unserved)

    under_way = (
        direct.any(Direct.going)
        | electronic.any(Electronic.sent)
        | postal.any(Postal.posted)
        | entrusted.any(Entrusted.asked | Entrusted.taken)
        | forwarded.any(Forwarded.passing)
    )
    delivered = (
        direct.any(Direct.handed)
        | electronic.any(Electronic.arrived)
        | postal.any(Postal.signed)
        | entrusted.any(Entrusted.done)
        | forwarded.any(Forwarded.done)
    )
    tried = (
        direct.any(Direct.nobody)
        | electronic.any(Electronic.undelivered)
        | postal.any(Postal.came_back)
        | entrusted.any(Entrusted.failed)
        | forwarded.any(Forwarded.failed)
    )
    not_exhausted = Ground(
        ~(missing.is_(True) | tried), T("并非下落不明，也未试过其他方式", "Whereabouts are known and no other channel was tried"), CPL17[92]
    )
    still_trying = Ground(under_way, T("其他方式尚在送达中", "Another channel is still under way"), CPL17[92])
    has_arrived = Ground(delivered, T("其他方式已经送达", "Another channel has served it already"), CPL17[92])
    in_simple = Ground(simple.is_(True), T("简易程序不适用公告送达", "No announcement in simple procedure"), CI20[140])
    personal = Ground(
        document.is_(Document.MEDIATION_STATEMENT), T("调解书应当直接送达本人", "A mediation statement goes to the person himself"), CI20[133]
    )
    foreign = Ground(abroad.is_(True), T("受送达人在我国领域内没有住所", "The addressee has no domicile in China"), CPL17[267])
    whereabouts_unknown = Ground(missing.is_(True), T("受送达人下落不明", "The addressee's whereabouts are unknown"), EMS04[1])
    is_copy = Ground(document.is_(Document.COPY), T("文书为副本", "The document is a copy of a pleading"), CPL17[125])
    is_judgment = Ground(document.is_(Document.JUDGMENT), T("文书为判决书", "The document is a judgment"), CPL17[164])
    is_ruling = Ground(document.is_(Document.RULING), T("文书为可以上诉的裁定书", "The document is a ruling open to appeal"), CPL17[164])
    is_other = Ground(
        document.one_of(Document.MEDIATION_STATEMENT, Document.OTHER), T("文书不引起上述期限", "The document starts none of these rights"), CPL17[84]
    )

    paper_only = Ground(
        document.one_of(Document.JUDGMENT, Document.RULING, Document.MEDIATION_STATEMENT),
        T("判决书、裁定书、调解书不适用电子送达", "Judgments, rulings and mediation statements are not served electronically"),
        CPL17[87],
    )
    no_leaving = Condition(Direct.leave, unless=personal)
    no_electronic = Condition(Electronic.send, unless=paper_only)
    no_posting = Condition(Postal.post, unless=whereabouts_unknown)

    assign_copy = Step(
        NEW >> pending,
        T("交办副本送达", "Hand over a copy of a pleading"),
        by=Roles.CLERK | Roles.JUDGE_ASSISTANT,
        asks=(simple, abroad, send_from, missing),
        sets=((document, Document.COPY),),
        cites=CPL17[125],
    )
    assign = Step(
        NEW >> pending,
        T("交办文书送达", "Hand over another document"),
        by=Roles.CLERK | Roles.JUDGE_ASSISTANT,
        asks=(document, simple, abroad, missing),
        cites=CPL17[84],
    )
    announce = Step(
        pending >> announced,
        T("公告送达", "Announce it"),
        by=Roles.JUDGE | Roles.CLERK,
        unless=(not_exhausted, still_trying, has_arrived, in_simple, personal, foreign),
        asks=(missing,),
        cites=CPL17[92] + CI20[138, 139],
    )
    announce_abroad = Step(
        pending >> announced_abroad,
        T("涉外公告送达", "Announce it for an addressee abroad"),
        by=Roles.JUDGE | Roles.CLERK,
        when=foreign,
        unless=(not_exhausted, still_trying, has_arrived, in_simple, personal),
        asks=(missing,),
        cites=CPL17[267] + CI20[138, 139],
    )
    report_unserved = Step(
        pending >> unserved,
        T("报告未能送达", "Report that it cannot be served"),
        by=Roles.SERVER | Roles.CLERK,
        unless=(still_trying, has_arrived),
        cites=CPL17[92],
    )

    # the expiry of an announcement does not roll over a rest day: our own choice where the texts are silent
    expiry = Limit(
        since=announce,
        until=None,
        within=days(30).before(date(2022, 1, 1), days(60)),
        counting=PLAIN,
        title=T("公告期", "Period of the announcement"),
        cites=CPL17[92] + POLICY["公告期满"],
    )
    expiry_abroad = Limit(
        since=announce_abroad,
        until=None,
        within=days(60).before(date(2024, 1, 1), months(3)),
        counting=PLAIN,
        title=T("涉外公告期", "Period of an announcement abroad"),
        cites=CPL17[267] + POLICY["公告期满"],
    )
    lapse = Step(announced >> lapsed, T("公告期满视为送达", "Deemed served"), by=Roles.SYSTEM, on=expiry, cites=CPL17[92] + CI20[138])
    lapse_abroad = Step(
        announced_abroad >> lapsed, T("涉外公告期满视为送达", "Deemed served abroad"), by=Roles.SYSTEM, on=expiry_abroad, cites=CPL17[267]
    )

    nothing_effective = Ground(~(delivered | lapse.done | lapse_abroad.done), T("尚无有效送达", "Nothing has been served yet"), CPL17[84, 92])
    serve_copy = Step(
        (pending | lapsed) >> served,
        T("登记副本送达生效", "Enter the service of the copy"),
        by=Roles.CLERK | Roles.SYSTEM,
        when=is_copy,
        unless=nothing_effective,
        cites=CPL17[125],
    )
    serve_judgment = Step(
        (pending | lapsed) >> served,
        T("登记判决书送达生效", "Enter the service of the judgment"),
        by=Roles.CLERK | Roles.SYSTEM,
        when=is_judgment,
        unless=nothing_effective,
        cites=CPL17[164],
    )
    serve_ruling = Step(
        (pending | lapsed) >> served,
        T("登记裁定书送达生效", "Enter the service of the ruling"),
        by=Roles.CLERK | Roles.SYSTEM,
        when=is_ruling,
        unless=nothing_effective,
        cites=CPL17[164],
    )
    serve_other = Step(
        (pending | lapsed) >> served,
        T("登记其他文书送达生效", "Enter the service of another document"),
        by=Roles.CLERK | Roles.SYSTEM,
        when=is_other,
        unless=nothing_effective,
        cites=CPL17[84],
    )
    file_proof = Step(served >> proven, T("送达回证归档", "File the proof of service"), by=Roles.CLERK, cites=CPL17[84])

    unassigned = Ground(~(assign_copy.done | assign.done), T("尚未交办送达", "Its service has not been handed over yet"), POLICY["送达次序"])
    entered = serve_copy.done | serve_judgment.done | serve_ruling.done | serve_other.done | report_unserved.done
    concluded = Ground(entered | announce.done | announce_abroad.done, T("已公告或者已登记结果", "Announced or entered"), POLICY["送达次序"])
    while_pending = Condition(Direct.go | Electronic.send | Postal.post | Entrusted.ask | Forwarded.pass_on, unless=(unassigned, concluded))

    to_send = Limit(
        since=send_from,
        until=Direct.go | Electronic.send | Postal.post | Entrusted.ask | Forwarded.pass_on | announce | announce_abroad | report_unserved,
        within=days(5),
        title=T("发送副本期限", "Time to send the copy"),
        cites=CPL17[125],
    )
    defence = Limit(
        since=serve_copy,
        until=None,
        within=days(15).but(days(30), when=abroad.is_(True)),
        title=T("答辩期", "Period of defence"),
        cites=CPL17[125, 268],
    )
    appeal_judgment = Limit(
        since=serve_judgment,
        until=None,
        within=days(15).but(days(30), when=abroad.is_(True)),
        title=T("对判决的上诉期", "Time to appeal against the judgment"),
        cites=CPL17[164, 269],
    )
    appeal_ruling = Limit(
        since=serve_ruling,
        until=None,
        within=days(10).but(days(30), when=abroad.is_(True)),
        title=T("对裁定的上诉期", "Time to appeal against the ruling"),
        cites=CPL17[164, 269],
    )
