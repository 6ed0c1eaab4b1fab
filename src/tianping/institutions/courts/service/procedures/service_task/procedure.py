"""集约送达任务 · One document in the pool: assigned to a server, tried by channel after channel, reviewed, collected by the division or announced."""

from __future__ import annotations

from datetime import date
from enum import Enum

from tianping.law.statutes import CPL23, LOCAL_SERVICE_POOL, OLR
from tianping.procedure import NEW, PLAIN, Condition, Fact, Ground, Many, Procedure, Stage, Step, T, Track
from tianping.procedure.contracts.roles import Roles

ELSEWHERE = T("发送与生效的期限由送达程序计算", "the times to send and to take effect run in the service of process")
NO_TEXT = T("集约送达中心的内部时限未查得", "no text on the pool's own times was found")


class Channel(Enum):
    """方式 · In the order in which the report's practice tries them; the announcement is the court's act, not an attempt."""

    ELECTRONIC = "电子送达"
    PHONE = "电话、短信通知领取"
    POST = "邮寄送达"
    DIRECT = "直接送达"
    LEAVING = "留置送达"


class Attempt(Track):
    """一次送达 · One attempt by one channel, and what came back."""

    title = T("一次送达", "Attempt")
    counting = PLAIN

    channel = Fact(Channel, T("方式", "By which channel?"))
    consented = Fact(bool, T("受送达人是否同意电子送达", "Did the addressee consent to electronic service?"))
    address = Fact(str, T("所用地址", "Address used"))
    feedback = Fact(str, T("反馈（回执、退回原因）", "What came back"))

    going = Stage(T("送达中", "Under way"), no_limit=ELSEWHERE)
    reached = Stage(T("已送达", "Served"), end=True)
    failed = Stage(T("未送达", "Not served"), end=True)

    no_consent = Ground(
        channel.is_(Channel.ELECTRONIC) & ~consented.is_(True),
        T("未经同意不得电子送达", "No electronic service without consent"),
        CPL23[90] + OLR[29],
    )
    no_feedback = Ground(~feedback.known(), T("没有登记反馈", "Nothing is noted of what came back"), LOCAL_SERVICE_POOL["复核"])

    send = Step(
        NEW >> going,
        T("发出", "Send"),
        by=Roles.SERVER | Roles.SERVICE_POOL,
        asks=(channel, consented, address),
        unless=no_consent,
        cites=CPL23[88:90] + OLR[29],
    )
    succeed = Step(
        going >> reached,
        T("登记送达", "Enter that it was served"),
        by=Roles.SERVER | Roles.POST,
        asks=(feedback,),
        unless=no_feedback,
        cites=CPL23[87] + OLR[31],
    )
    fail = Step(
        going >> failed,
        T("登记未送达及原因", "Enter that it was not, and why"),
        by=Roles.SERVER | Roles.POST,
        asks=(feedback,),
        unless=no_feedback,
        cites=CPL23[95] + LOCAL_SERVICE_POOL["复核"],
    )


class ServiceTask(Procedure):
    """集约送达任务 · From the division to the pool and back."""

    title = T("集约送达任务", "Task of the service pool")
    code = "service_task"
    valid_from = date(2022, 1, 1)
    counting = PLAIN
    corrects = Roles.SERVICE_POOL

    document = Fact(str, T("文书", "Document"))
    addressee = Fact(str, T("受送达人", "Addressee"))
    missing = Fact(bool, T("受送达人是否下落不明", "Are the addressee's whereabouts unknown?"))
    server = Fact(str, T("送达人员", "Server"))
    proof = Fact(bool, T("是否附送达回证", "Is the proof of service attached?"))

    attempts = Many(Attempt)

    waiting = Stage(T("待指派", "To be assigned"), no_limit=NO_TEXT)
    under_way = Stage(T("送达中", "Being served"), no_limit=ELSEWHERE)
    to_review = Stage(T("待复核", "To be reviewed"), no_limit=NO_TEXT)
    to_collect = Stage(T("待庭室接收", "To be collected"), no_limit=NO_TEXT)
    done = Stage(T("完成", "Done"), end=True)
    to_announce = Stage(T("转公告", "To be announced"), end=True)

    trying = Ground(attempts.any(Attempt.going), T("尚有方式在送达中", "A channel is under way"), LOCAL_SERVICE_POOL["复核"])
    untried = Ground(
        ~(attempts.any(Attempt.reached | Attempt.failed) | missing.is_(True)),
        T("没有送达记录", "No attempt is on record"),
        LOCAL_SERVICE_POOL["复核"],
    )
    no_proof = Ground(attempts.any(Attempt.reached) & ~proof.is_(True), T("没有送达回证", "There is no proof of service"), CPL23[87])
    not_served = Ground(~attempts.any(Attempt.reached), T("没有送达成功的记录", "No attempt succeeded"), CPL23[87])
    was_served = Ground(attempts.any(Attempt.reached), T("已经送达，不得公告", "It was served already"), CPL23[95])
    not_exhausted = Ground(
        ~(missing.is_(True) | attempts.any(Attempt.failed)),
        T("并非下落不明，也没有送达不成的记录", "Whereabouts are known and no failed attempt is on record"),
        CPL23[95],
    )

    hand_in = Step(
        NEW >> waiting,
        T("交送达中心", "Hand to the pool"),
        by=Roles.CLERK | Roles.JUDGE_ASSISTANT | Roles.JUDGE,
        asks=(document, addressee, missing),
        cites=CPL23[87] + LOCAL_SERVICE_POOL["指派"],
    )
    assign = Step(
        (waiting | under_way) >> under_way,
        T("指派送达人员", "Assign a server"),
        by=Roles.SERVICE_POOL,
        asks=(server,),
        cites=LOCAL_SERVICE_POOL["指派"],
    )
    report = Step(
        under_way >> to_review,
        T("报送复核", "Report for review"),
        by=Roles.SERVER,
        unless=(trying, untried),
        cites=LOCAL_SERVICE_POOL["复核"],
    )
    send_back = Step(to_review >> under_way, T("退回继续送达", "Send back to try again"), by=Roles.SERVICE_POOL, cites=LOCAL_SERVICE_POOL["复核"])
    review = Step(
        to_review >> to_collect,
        T("复核通过", "Pass the review"),
        by=Roles.SERVICE_POOL,
        asks=(proof,),
        unless=no_proof,
        cites=CPL23[87] + LOCAL_SERVICE_POOL["复核"],
    )
    collect = Step(
        to_collect >> done,
        T("庭室接收回证", "Collect the proof"),
        by=Roles.CLERK | Roles.JUDGE_ASSISTANT,
        unless=not_served,
        cites=CPL23[87] + LOCAL_SERVICE_POOL["接收"],
    )
    turn_to_announcement = Step(
        to_collect >> to_announce,
        T("转公告送达", "Turn to the announcement"),
        by=Roles.JUDGE | Roles.CLERK,
        asks=(missing,),
        unless=(was_served, not_exhausted),
        cites=CPL23[95],
    )

    unassigned = Ground(~assign.done, T("尚未指派", "Nobody is assigned"), LOCAL_SERVICE_POOL["指派"])
    reported = Ground(send_back.times < report.times, T("已报送复核", "It is under review"), LOCAL_SERVICE_POOL["复核"])
    by_the_server = Condition(Attempt.send, unless=(unassigned, reported))
