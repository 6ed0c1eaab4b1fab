"""工作规程 · One of the eighteen working rules: in force, carried out, inspected, improved. Four are named in the report; fourteen are the user's."""

from __future__ import annotations

from datetime import date
from enum import Enum

from tianping.law.statutes import LOCAL_SERVICE_CENTRE
from tianping.procedure import NEW, PLAIN, Fact, Ground, Procedure, Stage, Step, T, Tally
from tianping.procedure.contracts.roles import Roles

NO_TEXT = T("规程文本未取得，时限由使用单位配置", "the text was not obtained; times are the user's")


class Named(Enum):
    """规程 · The four that the report names. The names of the others were not found."""

    GUIDANCE = "导诉提示"
    REGISTRATION = "登记立案"
    FIRST_HANDLER = "首办负责"
    TOLD_ONCE = "一次性告知"
    UNKNOWN = "名称未查得，由使用单位填写"


class ServiceRule(Procedure):
    """工作规程 · Its owner, the question by which it is inspected, and what came of it."""

    title = T("诉讼服务工作规程", "Working rule of the service centre")
    code = "service_rule"
    valid_from = date(2018, 1, 1)
    counting = PLAIN
    corrects = Roles.FILING_JUDGE

    number = Fact(int, T("序号（1至18）", "Number, 1 to 18"))
    named = Fact(Named, T("是报道所列哪一项", "Which of those in the report?"))
    name = Fact(str, T("名称", "Name"))
    text = Fact(str, T("规程内容", "Text"))
    owner = Fact(str, T("责任人", "Who answers for it"))
    question = Fact(str, T("检查问题", "Question by which it is inspected"))
    evidence = Fact(str, T("执行佐证", "Evidence that it is carried out"))
    complied = Fact(bool, T("检查是否合规", "Was it complied with?"))

    in_force = Stage(T("生效", "In force"), no_limit=NO_TEXT)
    carried_out = Stage(T("执行", "Carried out"), no_limit=NO_TEXT)
    inspected = Stage(T("检查", "Inspected"), no_limit=NO_TEXT)
    improving = Stage(T("改进", "Being improved"), no_limit=NO_TEXT)
    ended = Stage(T("已废止", "Ended"), end=True)

    numbered = Fact(
        int,
        T("同序号的规程", "Rules of that number"),
        known_by=Tally(in_force | carried_out | inspected | improving, same=(number,), within="organisation"),
    )
    same_name = Fact(
        int,
        T("同名的规程", "Rules of that name"),
        known_by=Tally(in_force | carried_out | inspected | improving, same=(name,), within="organisation"),
    )
    out_of_range = Ground((number < 1) | (number > 18), T("序号应为1至18", "Numbers go from 1 to 18"), LOCAL_SERVICE_CENTRE["规程"])
    number_taken = Ground(numbered > 0, T("该序号已有规程", "The number is taken"), LOCAL_SERVICE_CENTRE["规程"])
    name_taken = Ground(same_name > 0, T("该规程已登记", "The rule is on file"), LOCAL_SERVICE_CENTRE["规程"])
    nobody = Ground(~owner.known(), T("没有责任人", "Nobody answers for it"), LOCAL_SERVICE_CENTRE["规程"])
    no_evidence = Ground(~evidence.known(), T("没有执行佐证", "There is no evidence"), LOCAL_SERVICE_CENTRE["检查"])
    fine = Ground(complied.is_(True), T("检查合规，无需改进", "It was complied with"), LOCAL_SERVICE_CENTRE["检查"])

    adopt = Step(
        NEW >> in_force,
        T("登记规程", "Enter the rule"),
        by=Roles.FILING_JUDGE,
        asks=(number, named, name, text, owner, question, numbered, same_name),
        unless=(out_of_range, number_taken, name_taken, nobody),
        cites=LOCAL_SERVICE_CENTRE["规程"],
    )
    carry_out = Step(
        (in_force | carried_out | inspected | improving) >> carried_out,
        T("登记执行", "Enter that it is carried out"),
        by=Roles.WINDOW_CLERK | Roles.GUIDE,
        asks=(evidence,),
        unless=no_evidence,
        cites=LOCAL_SERVICE_CENTRE["规程"],
    )
    inspect = Step(
        (carried_out | inspected) >> inspected, T("检查", "Inspect"), by=Roles.FILING_JUDGE, asks=(complied,), cites=LOCAL_SERVICE_CENTRE["检查"]
    )
    improve = Step(inspected >> improving, T("改进", "Improve"), by=Roles.FILING_JUDGE, unless=fine, cites=LOCAL_SERVICE_CENTRE["检查"])
    amend = Step(
        in_force | carried_out | inspected | improving,
        T("修订文本", "Amend the text"),
        by=Roles.FILING_JUDGE,
        asks=(text, question),
        cites=LOCAL_SERVICE_CENTRE["规程"],
    )
    end = Step((in_force | carried_out | inspected | improving) >> ended, T("废止", "End"), by=Roles.FILING_JUDGE, cites=LOCAL_SERVICE_CENTRE["规程"])
