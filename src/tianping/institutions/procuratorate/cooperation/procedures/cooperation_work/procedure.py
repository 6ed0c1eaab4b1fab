"""协作办理 · What was asked, at the side that is asked: taken up, opinions and meetings on record, reported back or declined."""

from __future__ import annotations

from datetime import date
from enum import Enum

from tianping.institutions.procuratorate.cooperation.procedures.cooperation.forms import Mechanism
from tianping.law.statutes import LOCAL_COOPERATION, PPR
from tianping.procedure import CRIMINAL, NEW, Fact, Ground, Many, Procedure, Stage, Step, T, Track
from tianping.procedure.contracts.matters import CooperationRequest
from tianping.procedure.contracts.roles import Roles

NO_TEXT = T("办法原文未取得，期限由使用单位配置", "the rule was not obtained; the time is set by the user")
EITHER = Roles.OFFICER | Roles.LEGAL_REVIEW | Roles.PROSECUTOR | Roles.RESIDENT_PROSECUTOR
PROSECUTORS = Roles.PROSECUTOR | Roles.RESIDENT_PROSECUTOR
RULES = LOCAL_COOPERATION


class Meeting(Enum):
    """会议种类 · What kind of meeting has minutes."""

    CONSULTATION = "案件会商"
    DISCUSSION = "重大案件讨论"
    JOINT_ACTION = "联合执法"
    TRAINING = "同堂培训"


class Opinion(Track):
    """介入意见 · One opinion on evidence, nature or law, and the reply to it."""

    title = T("意见与回复", "Opinion and reply")
    counting = CRIMINAL

    adopted = Fact(bool, T("意见是否采纳", "Was it followed?"))
    given = Stage(T("已提出意见", "Given"), no_limit=NO_TEXT)
    replied = Stage(T("已回复", "Replied to"), end=True)

    give = Step(NEW >> given, T("提出意见", "Give an opinion"), by=PROSECUTORS, cites=PPR[256] + RULES["提前介入"])
    reply = Step(given >> replied, T("回复意见", "Reply"), by=Roles.OFFICER | Roles.LEGAL_REVIEW, asks=(adopted,), cites=PPR[256] + RULES["反馈"])


class Session(Track):
    """会议 · One meeting and its minutes."""

    title = T("会议", "Meeting")
    counting = CRIMINAL

    meeting = Fact(Meeting, T("会议种类", "Which kind of meeting?"))
    held = Stage(T("已召开，待纪要", "Held, no minutes yet"), no_limit=NO_TEXT)
    minuted = Stage(T("已有纪要", "Minutes on file"), end=True)

    hold = Step(NEW >> held, T("召开", "Hold it"), by=EITHER, asks=(meeting,), cites=RULES["案件会商", "联合执法", "培训"])
    minute = Step(held >> minuted, T("形成纪要", "File the minutes"), by=EITHER, cites=RULES["案件会商"])


class CooperationWork(Procedure):
    """协作办理 · One matter, at the side that is asked."""

    title = T("警检协作办理", "Work on a matter of cooperation")
    code = "cooperation_work"
    valid_from = date(2019, 12, 30)
    counting = CRIMINAL
    corrects = Roles.LEGAL_REVIEW | Roles.CASE_MANAGEMENT

    subject = Fact(str, T("案件名称和编号", "Case, by name and number"))
    mechanism = Fact(Mechanism, T("协作机制", "Under which mechanism?"))
    result = Fact(str, T("办理结果或者理由", "Result, or reasons"))
    opinions = Many(Opinion)
    sessions = Many(Session)

    received = Stage(T("已受理", "Received"), no_limit=NO_TEXT)
    working = Stage(T("办理中", "Being worked on"), no_limit=NO_TEXT)
    done = Stage(T("已办理并反馈", "Done and reported"), answers=CooperationRequest.done)
    declined = Stage(T("不予办理", "Declined"), answers=CooperationRequest.declined)

    no_opinion = Ground(
        mechanism.is_(Mechanism.EARLY) & ~opinions.any(Opinion.given | Opinion.replied),
        T("介入而未提出意见", "There was an intervention without an opinion"),
        PPR[256],
    )
    unreplied = Ground(opinions.any(Opinion.given), T("意见尚未回复", "An opinion has had no reply"), RULES["反馈"])
    no_minutes = Ground(
        mechanism.one_of(Mechanism.CONSULT, Mechanism.JOINT) & ~sessions.any(Session.minuted),
        T("没有会议或者联合执法纪要", "There are no minutes of the meeting or action"),
        RULES["案件会商", "联合执法"],
    )
    unminuted = Ground(sessions.any(Session.held), T("会议尚无纪要", "A meeting has no minutes"), RULES["案件会商"])

    receive = Step(NEW >> received, T("受理", "Receive"), by=EITHER, asks=(subject, mechanism), cites=RULES["反馈"])
    begin = Step(received >> working, T("开始办理", "Begin"), by=EITHER, cites=PPR[256] + RULES["反馈"])
    decline = Step(received >> declined, T("不予办理并说明理由", "Decline, with reasons"), by=EITHER, asks=(result,), cites=RULES["反馈"])
    feed_back = Step(
        working >> done,
        T("反馈办理结果", "Report back"),
        by=EITHER,
        unless=(no_opinion, unreplied, no_minutes, unminuted),
        asks=(result,),
        cites=RULES["反馈"],
    )
