"""12309 来件 · Received, sorted within seven days, accepted, told or transferred, worked on by a department, and answered.

A letter gets a procedural reply within seven days and its progress or result within three months; a defender who was obstructed gets a written answer
within ten days. Advice and questions are answered as they come.
"""

from __future__ import annotations

from datetime import date

from tianping.institutions.procuratorate.services_12309.procedures.service_request.tracks import Channel, Kind, Talk
from tianping.law.statutes import LOCAL_12309, POLICY, PPR
from tianping.procedure import CRIMINAL, NEW, Fact, Ground, Limit, Many, Procedure, Stage, Step, T, days, months, working_days
from tianping.procedure.contracts.roles import Roles

BY_LETTER = T("来信的三个月自收到起在本线计算；其他来件未查得期限", "three months run for a letter; no time was found for the others")


class ServiceRequest(Procedure):
    """来件 · One letter, visit, call or message."""

    title = T("12309来件", "Request to 12309")
    code = "service_request"
    valid_from = date(2019, 12, 30)
    counting = CRIMINAL
    corrects = Roles.RECEPTION | Roles.CHIEF_PROSECUTOR

    kind = Fact(Kind, T("来件种类", "Which kind?"))
    channel = Fact(Channel, T("来件渠道", "By which way?"))
    ours = Fact(bool, T("是否属于本院管辖", "Is it for this procuratorate?"))
    department = Fact(str, T("办理部门", "Which department deals with it?"))
    query_code = Fact(str, T("查询码", "Code to follow it by"))
    founded = Fact(bool, T("反映情况是否属实", "Was it found to be so?"))
    talks = Many(Talk)

    received = Stage(T("已收待审查", "Received, to be sorted"))
    correcting = Stage(
        T("待补齐材料", "Papers to be supplied"),
        no_limit=T("补齐期限未查得，由使用单位配置", "no time was found; to be set by the user"),
    )
    accepted = Stage(T("已受理待转办", "Accepted, to be assigned"), no_limit=BY_LETTER)
    assigned = Stage(T("部门办理中", "A department works on it"), no_limit=BY_LETTER)
    resulted = Stage(T("已有结果待答复", "A result, to be told"), no_limit=BY_LETTER)
    asked = Stage(T("咨询、查询待答复", "A question to be answered"))
    answered = Stage(T("已答复", "Answered"), end=True)
    told = Stage(T("已告知有管辖权的机关", "Told where to turn"), end=True)
    transferred = Stage(T("已移送主管机关", "Transferred"), end=True)

    is_petition = kind.one_of(Kind.ACCUSATION, Kind.CRIMINAL_APPEAL, Kind.CIVIL_APPEAL, Kind.COMPENSATION, Kind.OTHER_PETITION)
    is_appeal = kind.one_of(Kind.CRIMINAL_APPEAL, Kind.CIVIL_APPEAL, Kind.COMPENSATION)
    a_service = Ground(~is_petition, T("属于咨询、查询等服务事项", "It is a question or a service"), LOCAL_12309["功能"])
    a_petition = Ground(is_petition, T("属于控告、申诉等信访件", "It is a petition"), PPR[161])
    not_letter = Ground(~channel.is_(Channel.LETTER), T("不是来信", "It is not a letter"), PPR[163])
    a_letter = Ground(channel.is_(Channel.LETTER), T("来信应按来信登记", "A letter is entered as a letter"), PPR[163])
    not_ours = Ground(ours.is_(False), T("不属于本院管辖", "It is not for this procuratorate"), PPR[161, 162])
    is_ours = Ground(ours.is_(True), T("属于本院管辖", "It is for this procuratorate"), PPR[161])
    must_be_told = Ground(is_appeal, T("申诉应当告知申诉人，不移送", "An appellant is told; an appeal is not transferred"), PPR[161])
    must_be_sent = Ground(~is_appeal, T("报案、控告应当移送主管机关", "An accusation is transferred, not only told"), PPR[161])

    # ---- received ----

    receive = Step(
        NEW >> received,
        T("登记来访、来电", "Enter a visit or call"),
        by=Roles.RECEPTION,
        unless=(a_service, a_letter),
        asks=(kind, channel),
        cites=PPR[161] + LOCAL_12309["功能"],
    )
    submit = Step(
        NEW >> received,
        T("网上提交", "Send it online"),
        by=Roles.PETITIONER,
        unless=a_service,
        asks=(kind,),
        sets=((channel, Channel.ONLINE),),
        cites=PPR[161] + LOCAL_12309["功能"],
    )
    receive_letter = Step(
        NEW >> received,
        T("登记来信", "Enter a letter"),
        by=Roles.RECEPTION,
        unless=(a_service, not_letter),
        asks=(kind, channel),
        cites=PPR[161, 163],
    )
    receive_obstruction = Step(
        NEW >> received,
        T("登记阻碍辩护权利的申诉、控告", "Enter that a defender was obstructed"),
        by=Roles.RECEPTION | Roles.DEFENDER,
        asks=(channel,),
        sets=((kind, Kind.ACCUSATION),),
        cites=PPR[57, 58],
    )
    ask = Step(
        NEW >> asked,
        T("登记咨询、查询、意见", "Enter a question"),
        by=Roles.RECEPTION | Roles.PETITIONER,
        unless=a_petition,
        asks=(kind, channel),
        cites=LOCAL_12309["功能", "咨询"],
    )
    answer_question = Step(asked >> answered, T("答复咨询、查询", "Answer it"), by=Roles.RECEPTION, cites=LOCAL_12309["咨询"])
    turn = Step(
        asked >> received,
        T("转为信访件", "Turn it into a petition"),
        by=Roles.RECEPTION,
        unless=a_service,
        asks=(kind,),
        cites=PPR[161] + LOCAL_12309["功能"],
    )

    # ---- sorted ----

    act_first = Step(received, T("先采取紧急措施", "Act at once"), by=Roles.RECEPTION, cites=PPR[161])
    look_into = Step(received, T("调查核实", "Look into it"), by=Roles.RECEPTION, cites=PPR[161])
    ask_papers = Step(received >> correcting, T("要求补齐材料", "Ask for papers"), by=Roles.RECEPTION, cites=LOCAL_12309["补齐"])
    supply = Step(correcting >> received, T("补齐材料", "Supply them"), by=Roles.PETITIONER | Roles.RECEPTION, cites=LOCAL_12309["补齐"])
    reply = Step(
        received | correcting | accepted | assigned,
        T("程序性答复并告知查询码", "Procedural reply, with the code to follow it by"),
        by=Roles.RECEPTION,
        asks=(query_code,),
        cites=PPR[163],
    )
    unanswered_letter = Ground(receive_letter.done & ~reply.done, T("来信尚未作程序性答复", "The letter has had no procedural reply"), PPR[163])
    accept = Step(received >> accepted, T("受理", "Accept"), by=Roles.RECEPTION, unless=(not_ours, a_service), asks=(ours,), cites=PPR[161, 162])
    transfer = Step(
        received >> transferred,
        T("移送主管机关", "Transfer it"),
        by=Roles.RECEPTION,
        unless=(is_ours, must_be_told, unanswered_letter),
        asks=(ours,),
        cites=PPR[161],
    )
    tell = Step(
        received >> told,
        T("告知向有管辖权的机关提出", "Tell where to turn"),
        by=Roles.RECEPTION,
        unless=(is_ours, must_be_sent),
        asks=(ours,),
        cites=PPR[161],
    )

    # ---- worked on ----

    assign = Step(
        accepted >> assigned, T("转办案部门", "Assign to a department"), by=Roles.RECEPTION, asks=(department,), cites=PPR[164] + LOCAL_12309["转办"]
    )
    report = Step(assigned, T("答复办理进展", "Tell how far it is"), by=Roles.PROSECUTOR, cites=PPR[163])
    finish = Step(assigned >> resulted, T("办结，作出结果", "Finish, with a result"), by=Roles.PROSECUTOR, asks=(founded,), cites=PPR[58, 165])
    send_back = Step(resulted >> assigned, T("退回补充办理", "Send it back to the department"), by=Roles.RECEPTION, cites=PPR[165])
    correct = Step(resulted, T("通知有关机关、部门纠正", "Have it put right"), by=Roles.PROSECUTOR, cites=PPR[58])
    uncorrected = Ground(
        receive_obstruction.done & founded.is_(True) & ~correct.done,
        T("情况属实而未通知纠正", "It was so, and nobody has been told to put it right"),
        PPR[58],
    )
    answer = Step(
        resulted >> answered,
        T("书面答复办理结果", "Tell the result in writing"),
        by=Roles.RECEPTION | Roles.PROSECUTOR,
        unless=uncorrected,
        cites=PPR[58, 163, 165],
    )

    # ---- limits ----

    to_sort = Limit(
        since=receive | submit | receive_letter | receive_obstruction | supply | turn,
        until=accept | transfer | tell | ask_papers,
        within=days(7),
        title=T("七日审查处理期限", "Seven days to sort it"),
        cites=PPR[161] + LOCAL_12309["补齐"] + POLICY["类推顺延"],
        warn=(days(2),),
    )
    to_reply = Limit(
        since=receive_letter,
        until=reply | tell | answer,
        within=days(7),
        title=T("来信程序性答复期限", "Seven days to reply to a letter"),
        cites=PPR[163] + POLICY["类推顺延"],
        warn=(days(2),),
    )
    to_result = Limit(
        since=receive_letter,
        until=report | answer,
        within=months(3),
        waived=transfer | tell,
        title=T("来信办理进展或者结果答复期限", "Three months to tell a letter's progress or result"),
        cites=PPR[163] + POLICY["类推顺延"],
        warn=(days(15),),
    )
    to_answer_defender = Limit(
        since=receive_obstruction,
        until=answer,
        within=days(10),
        waived=transfer,
        title=T("阻碍辩护权利的办结答复期限", "Ten days to answer an obstructed defender"),
        cites=PPR[58] + POLICY["类推顺延"],
        warn=(days(3),),
    )
    to_advise = Limit(
        since=ask,
        until=answer_question,
        within=working_days(5),
        waived=turn,
        target=True,
        title=T("咨询、查询答复（指标）", "Five working days to answer a question"),
        cites=LOCAL_12309["咨询"],
    )
