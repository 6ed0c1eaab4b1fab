"""法官留言 · Text, sound or film for a named judge: left, read, answered or called back, put on file, if wanted as a note of the case."""

from __future__ import annotations

from datetime import date
from enum import Enum

from tianping.law.statutes import LOCAL_HALL, POLICY
from tianping.procedure import NEW, PLAIN, Fact, Ground, Limit, Procedure, Stage, Step, T, working_days
from tianping.procedure.contracts.roles import Roles

JUDGES = Roles.JUDGE | Roles.FILING_JUDGE
"""A filing judge is one."""


class Medium(Enum):
    """形式 · How it was left."""

    TEXT = "文字"
    AUDIO = "录音"
    VIDEO = "录像"


class JudgeMessage(Procedure):
    """法官留言 · One message. Only the posts that it is for (who holds the case, its team, the judge who is named) have the key of its case.

    One that is for nobody in particular is the court's.
    """

    title = T("法官留言", "Message to a judge")
    code = "judge_message"
    valid_from = date(2018, 1, 1)
    counting = PLAIN
    corrects = Roles.CLERK

    judge = Fact(str, T("受文法官", "For which judge?"))
    sender = Fact(str, T("留言人", "Who leaves it?"))
    identified = Fact(bool, T("身份是否核验", "Was the sender identified?"))
    medium = Fact(Medium, T("形式", "How was it left?"))
    case_number = Fact(str, T("所涉案号", "Number of the case it is about"))

    submitted = Stage(T("已提交未读", "Left, unread"))
    read = Stage(T("已读", "Read"))
    answered = Stage(T("已回复", "Answered"), no_limit=T("回复后归档，未查得时限", "to be filed; no time was found"))
    called_back = Stage(T("已回电", "Called back"), no_limit=T("回电后归档，未查得时限", "to be filed; no time was found"))
    filed = Stage(T("已归档", "On file"), end=True)

    unknown_sender = Ground(~identified.is_(True), T("留言人身份未核验", "The sender was not identified"), LOCAL_HALL["留言"])
    nobody = Ground(
        ~(judge.known() | case_number.known()),
        T("法官姓名和案号都没有写，至少写一项", "Neither a judge nor a case is named: one of the two is needed"),
        LOCAL_HALL["留言"],
    )
    no_case = Ground(~case_number.known(), T("没有案号", "There is no case number"), LOCAL_HALL["留言"])

    leave = Step(
        NEW >> submitted,
        T("留言", "Leave a message"),
        by=Roles.PARTY,
        asks=(judge, sender, identified, medium, case_number),
        unless=(unknown_sender, nobody),
        cites=LOCAL_HALL["留言"],
    )
    open_ = Step(submitted >> read, T("阅看", "Read"), by=JUDGES, cites=LOCAL_HALL["留言"])
    answer = Step((read | called_back) >> answered, T("回复", "Answer"), by=JUDGES | Roles.JUDGE_ASSISTANT, cites=LOCAL_HALL["留言"])
    call = Step((read | answered) >> called_back, T("回电", "Call back"), by=JUDGES | Roles.JUDGE_ASSISTANT, cites=LOCAL_HALL["留言"])
    make_note = Step(
        answered | called_back,
        T("转为案件笔录", "Make it a note of the case"),
        by=JUDGES,
        asks=(case_number,),
        unless=no_case,
        cites=LOCAL_HALL["留言"],
    )
    file = Step((answered | called_back) >> filed, T("归档", "Put on file"), by=Roles.CLERK, cites=LOCAL_HALL["留言"])

    to_read = Limit(
        since=leave,
        until=open_,
        within=working_days(3),
        target=True,
        title=T("阅看的目标期限", "Target to read it"),
        cites=LOCAL_HALL["留言"] + POLICY["大厅时限"],
        warn=(working_days(1),),
    )
    to_answer = Limit(
        since=open_,
        until=answer | call,
        within=working_days(3),
        target=True,
        title=T("回复的目标期限", "Target to answer"),
        cites=LOCAL_HALL["留言"] + POLICY["大厅时限"],
    )
