"""服务保障措施 · One measure of the list: its owner, what was done, the evidence, the checks; and complaints of enterprises under it.

The text of the forty measures was not obtained: number, words and owner are entered by whoever runs the list.
"""

from __future__ import annotations

from datetime import date
from enum import Enum

from tianping.law.statutes import LOCAL_PROTECTION
from tianping.procedure import NEW, PLAIN, Fact, Ground, Many, Procedure, Stage, Step, T, Tally, Track
from tianping.procedure.contracts.roles import Roles

NO_TEXT = T("时限未取得原文，由使用单位配置", "no text with a time was found; to be set by the user")


class Result(Enum):
    """检查结论 · What a check finds."""

    DONE = "已落实"
    PARTLY = "部分落实"
    NOT_DONE = "未落实"


class Complaint(Track):
    """企业投诉 · What an enterprise complains of under the measure."""

    title = T("企业投诉", "Complaint of an enterprise")
    counting = PLAIN

    received = Stage(T("已收到", "Received"), no_limit=NO_TEXT)
    answered = Stage(T("已答复", "Answered"), end=True)

    complain = Step(NEW >> received, T("投诉", "Complain"), by=Roles.ENTERPRISE, cites=LOCAL_PROTECTION["投诉"])
    answer = Step(received >> answered, T("答复", "Answer"), by=Roles.MEASURE_OWNER, cites=LOCAL_PROTECTION["投诉"])


class Assessment(Track):
    """涉企案件影响评估 · Looked at before a coercive measure against an enterprise."""

    title = T("涉企案件影响评估", "Impact of a case on an enterprise")
    counting = PLAIN

    asked = Stage(T("待评估", "To be assessed"), no_limit=NO_TEXT)
    given = Stage(T("已评估", "Assessed"), end=True)

    grave = Fact(bool, T("是否严重影响生产经营", "Would it gravely affect the business?"))

    ask = Step(
        NEW >> asked,
        T("提请评估", "Ask for an assessment"),
        by=Roles.OFFICER | Roles.PROSECUTOR | Roles.JUDGE,
        cites=LOCAL_PROTECTION["影响评估"],
    )
    give = Step(asked >> given, T("作出评估", "Assess"), by=Roles.POLITICAL_LEGAL_COMMITTEE, asks=(grave,), cites=LOCAL_PROTECTION["影响评估"])


class ProtectionMeasure(Procedure):
    """服务保障措施 · One entry of the register."""

    title = T("服务保障措施", "Measure of service and protection")
    code = "protection_measure"
    valid_from = date(2018, 1, 1)
    counting = PLAIN
    corrects = Roles.POLITICAL_LEGAL_COMMITTEE

    number = Fact(int, T("条号（1至40）", "Number (1 to 40)"))
    text = Fact(str, T("措施内容", "Text"), hint=T("原文未取得，由使用单位填写", "the text was not obtained; the user enters it"))
    owner_body = Fact(str, T("责任单位", "Body in charge"))
    evidence = Fact(date, T("最近佐证日期", "Date of the latest evidence"))
    result = Fact(Result, T("检查结论", "What does the check find?"))

    complaints = Many(Complaint)
    assessments = Many(Assessment)

    listed = Stage(T("已列入", "Listed"), no_limit=NO_TEXT)
    carried_out = Stage(T("落实中", "Being carried out"), no_limit=NO_TEXT)
    checked = Stage(T("已检查", "Checked"), no_limit=NO_TEXT)
    closed = Stage(T("已销号", "Closed"), end=True)

    same_number = Fact(int, T("同号的其他条目", "Other entries of the number"), known_by=Tally(listed | carried_out | checked, same=(number,)))
    numbered_already = Ground(same_number > 0, T("该条号已列入", "The number is listed already"), LOCAL_PROTECTION["措施"])
    out_of_range = Ground((number < 1) | (number > 40), T("条号不在1至40之间", "The number is not one of the forty"), LOCAL_PROTECTION["措施"])
    nobody = Ground(~owner_body.known(), T("没有责任单位", "Nobody is in charge"), LOCAL_PROTECTION["措施"])
    no_evidence = Ground(~evidence.known(), T("没有佐证", "There is no evidence"), LOCAL_PROTECTION["落实"])
    not_done = Ground(~result.is_(Result.DONE), T("检查结论不是已落实", "The check did not find it carried out"), LOCAL_PROTECTION["检查"])
    complained = Ground(complaints.any(Complaint.received), T("尚有投诉未答复", "A complaint is not answered"), LOCAL_PROTECTION["投诉"])

    list_ = Step(
        NEW >> listed,
        T("列入措施", "List the measure"),
        by=Roles.POLITICAL_LEGAL_COMMITTEE,
        asks=(number, text, owner_body, same_number),
        unless=(numbered_already, out_of_range, nobody),
        cites=LOCAL_PROTECTION["措施"],
    )
    carry_out = Step(listed >> carried_out, T("落实", "Carry out"), by=Roles.MEASURE_OWNER, asks=(evidence,), cites=LOCAL_PROTECTION["落实"])
    add_evidence = Step(
        carried_out | checked,
        T("补充佐证", "Add evidence"),
        by=Roles.MEASURE_OWNER,
        asks=(evidence,),
        cites=LOCAL_PROTECTION["落实"],
    )
    check = Step(
        (carried_out | checked) >> checked,
        T("检查", "Check"),
        by=Roles.POLITICAL_LEGAL_COMMITTEE,
        asks=(result,),
        unless=no_evidence,
        cites=LOCAL_PROTECTION["检查"],
    )
    close = Step(
        checked >> closed, T("销号", "Close"), by=Roles.POLITICAL_LEGAL_COMMITTEE, unless=(not_done, complained), cites=LOCAL_PROTECTION["检查"]
    )
