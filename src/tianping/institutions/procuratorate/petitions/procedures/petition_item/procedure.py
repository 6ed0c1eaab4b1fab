"""信访积案 · Found, entered once, a leader in charge, settled, ended or sent to its proper procedure, visited afterwards.

The same person with the same matter is one item, whatever channel it came by. What the regulation leaves to the petition procedure is dealt with in
sixty days; then review and recheck, each asked for in thirty days and done in thirty.
"""

from __future__ import annotations

from datetime import date

from tianping.institutions.procuratorate.petitions.procedures.petition_item.answers import Basis, Channel, Route
from tianping.law.statutes import LOCAL_PETITION, POLICY, XF
from tianping.procedure import NEW, Extension, Fact, Ground, Limit, Pause, Procedure, Referral, Stage, Step, T, Tally, days, working_days
from tianping.procedure.contracts.matters import ReconciliationRequest
from tianping.procedure.contracts.roles import Roles

NO_TEXT = T("方案未取得，期限由使用单位填写", "the plan was not obtained; the time is set by the user")
LEADS = Roles.CHIEF_PROSECUTOR | Roles.DEPUTY_CHIEF_PROSECUTOR
RULES = LOCAL_PETITION


class PetitionItem(Procedure):
    """积案 · One item of the ledger."""

    title = T("涉检信访积案", "Old petition")
    code = "petition_item"
    valid_from = date(2022, 5, 1)
    corrects = Roles.RECEPTION | Roles.CHIEF_PROSECUTOR

    person = Fact(str, T("信访人标识", "Who petitions"))
    matter = Fact(str, T("信访事项标识（同一事实）", "Which matter, by its facts"))
    channel = Fact(Channel, T("来源渠道", "By which channel?"))
    years = Fact(int, T("已持续年数", "For how many years?"))
    visits_before = Fact(int, T("此前信访次数", "How often before?"))
    leader = Fact(str, T("包案领导", "Leader in charge"))
    grade = Fact(str, T("积案等级（由使用单位定）", "Grade, as the user sets it"))
    settle_by = Fact(date, T("化解期限", "Day to settle it by"))
    route = Fact(Route, T("处理途径", "Which of the six ways?"))
    upheld = Fact(bool, T("是否支持诉求", "Is the request upheld?"))
    basis = Fact(Basis, T("化解依据", "On what was it closed?"))
    content = Fact(bool, T("回访是否息诉", "Is the person content when visited?"))

    reconciling = Referral(
        ReconciliationRequest,
        by=LEADS | Roles.PROSECUTOR,
        carries=(person, matter),
        cites=XF[33],
        no_limit=T("六十日在本线计算", "the sixty days run on the item itself"),
    )

    assigned = Stage(T("转送、交办待核", "Assigned, to be looked at"))
    objected = Stage(T("异议待核实", "Objected, to be checked"), no_limit=T("条例未定核实期限", "the regulation sets no time"))
    found = Stage(T("已排查待登记", "Found, not entered"), no_limit=NO_TEXT)
    registered = Stage(T("已登记造册", "Entered"), no_limit=NO_TEXT)
    led = Stage(T("已包案", "A leader is in charge"), no_limit=NO_TEXT)
    resolving = Stage(T("化解中", "Being settled"))
    issued = Stage(T("已出具处理意见", "Opinion issued"))
    reviewing = Stage(T("复查中", "Under review"))
    reviewed = Stage(T("已复查", "Reviewed"))
    rechecking = Stage(T("复核中", "Under recheck"))
    resolved = Stage(T("已化解待回访", "Settled"), no_limit=NO_TEXT)
    final = Stage(T("已终结待回访", "Ended"), no_limit=NO_TEXT)
    channelled = Stage(T("已导入程序待回访", "Sent to its procedure"), no_limit=NO_TEXT)
    unasked = Stage(T("逾期未请求复查、复核", "No review or recheck asked for"), no_limit=NO_TEXT)
    visited = Stage(T("已回访", "Visited afterwards"), end=True)
    closed_final = Stage(T("终结并已回访", "Ended, and visited"), end=True)
    returned = Stage(T("异议成立已交还", "Handed back"), end=True)
    merged = Stage(T("已并入同一事项", "Merged"), end=True)
    not_taken = Stage(T("已复核终结，不再受理", "Ended before: not taken"), end=True)

    being_dealt_with = registered | led | resolving | issued | reviewing | reviewed | rechecking | resolved | channelled
    same_items = Fact(
        int, T("同一人同一事实的在办事项", "Other open items of the person and matter"), known_by=Tally(being_dealt_with, same=(person, matter))
    )
    ended_items = Fact(
        int,
        T("同一人同一事实的终结事项", "Items of theirs that have ended"),
        known_by=Tally(final | closed_final, same=(person, matter)),
    )
    is_one_item = Ground(same_items > 0, T("同一人同一事实已有在办事项", "The person has an open item of the matter"), XF[19] + RULES["并案"])
    ended_before = Ground(ended_items > 0, T("同一事实和理由已经复核终结", "The matter was ended after a recheck"), XF[36])
    by_petition = Ground(route.is_(Route.PETITION), T("属于信访程序处理的事项", "It is for the petition procedure"), XF[31])
    by_another = Ground(~route.is_(Route.PETITION), T("应当通过法定程序或者其他途径处理", "It is for another procedure"), XF[28, 31])
    nobody = Ground(~leader.known(), T("没有包案领导", "No leader was named"), XF[18] + RULES["包案"])
    discontent = Ground(content.is_(False), T("回访反映未息诉", "The person is not content"), RULES["回访"])

    # ---- found and entered ----

    find = Step(
        NEW >> found,
        T("排查、接收", "Find or receive"),
        by=Roles.RECEPTION,
        asks=(person, matter, channel, years, visits_before),
        cites=XF[17, 23] + RULES["排查"],
    )
    assign = Step(
        NEW >> assigned,
        T("收到转送、交办", "Receive it from the petition office or from above"),
        by=Roles.RECEPTION | Roles.PETITION_OFFICE,
        asks=(person, matter, years, visits_before),
        sets=((channel, Channel.ASSIGNED),),
        cites=XF[22, 23],
    )
    object_ = Step(assigned >> objected, T("提出异议并说明理由", "Object, with reasons"), by=Roles.RECEPTION, cites=XF[23])
    agree = Step(objected >> returned, T("核实同意，交还材料", "Agreed: handed back"), by=Roles.PETITION_OFFICE, cites=XF[23])
    insist = Step(objected >> found, T("核实不同意", "Not agreed"), by=Roles.PETITION_OFFICE, cites=XF[23])
    take = Step(assigned >> found, T("接收", "Take it"), by=Roles.RECEPTION, cites=XF[23])
    tell = Step(found | registered | led, T("书面告知接收情况、途径和程序", "Tell in writing how it is dealt with"), by=Roles.RECEPTION, cites=XF[23])
    no_address = Step(found | registered, T("姓名、住址不清无法告知", "Name or address unknown"), by=Roles.RECEPTION, cites=XF[23])
    register = Step(
        found >> registered,
        T("登记造册", "Enter it in the ledger"),
        by=Roles.RECEPTION,
        asks=(same_items, ended_items),
        unless=(is_one_item, ended_before),
        cites=XF[23] + RULES["登记"],
    )
    merge = Step(
        found >> merged,
        T("并入同一事项", "Merge into the open item"),
        by=Roles.RECEPTION,
        asks=(same_items,),
        when=is_one_item,
        into=True,
        cites=XF[19] + RULES["并案"],
    )
    not_again = Step(
        found >> not_taken,
        T("告知不再受理", "Tell that it is not taken again"),
        by=Roles.RECEPTION,
        asks=(ended_items,),
        when=ended_before,
        cites=XF[36],
    )

    # ---- a leader, a way ----

    lead = Step(
        registered >> led,
        T("确定包案领导", "Name the leader in charge"),
        by=LEADS,
        asks=(leader, grade, settle_by),
        unless=nobody,
        cites=XF[18] + RULES["包案"],
    )
    relead = Step(led | resolving, T("更换包案领导", "Name another leader"), by=LEADS, asks=(leader, settle_by), cites=RULES["包案"])
    channel_on = Step(
        led >> channelled,
        T("导入相应程序", "Send it to its procedure"),
        by=LEADS | Roles.RECEPTION,
        asks=(route,),
        unless=by_petition,
        cites=XF[28, 31],
    )
    take_up = Step(
        led >> resolving, T("受理，开始化解", "Accept it and begin"), by=LEADS | Roles.RECEPTION, asks=(route,), unless=by_another, cites=XF[31, 34]
    )
    come_again = Step(
        registered | led | resolving | issued,
        T("登记重复信访", "Note that the person came again"),
        by=Roles.RECEPTION,
        cites=RULES["登记"],
    )
    hear = Step(resolving, T("听证", "Hold a hearing"), by=LEADS | Roles.PROSECUTOR, cites=XF[31])
    aid = Step(resolving | issued | resolved | final, T("告知或者给予司法救助", "Judicial aid"), by=LEADS | Roles.RECEPTION, cites=XF[37])
    prolong = Step(resolving, T("批准延期并告知理由", "Prolong it, and tell why"), by=LEADS, at_most=1, cites=XF[34])
    suggest = Step(resolving, T("引导和解", "Lead the sides to come to terms"), by=LEADS | Roles.PROSECUTOR, opens=(reconciling,), cites=XF[33])
    settle = Step(
        resolving >> resolved, T("化解，签订协议或者息诉", "Settle it"), by=LEADS | Roles.PROSECUTOR, asks=(basis,), cites=XF[33] + RULES["化解"]
    )
    issue = Step(
        resolving >> issued,
        T("出具并送达处理意见书", "Issue and deliver the opinion"),
        by=LEADS | Roles.PROSECUTOR,
        asks=(upheld,),
        cites=XF[31, 32, 34],
    )
    accept_opinion = Step(
        (issued | reviewed) >> resolved, T("接受意见，息诉", "The person accepts it"), by=Roles.RECEPTION, asks=(basis,), cites=XF[35] + RULES["化解"]
    )

    # ---- review, recheck ----

    ask_review = Step(issued >> reviewing, T("请求复查", "Ask for a review"), by=Roles.PETITIONER, cites=XF[35])
    review = Step(reviewing >> reviewed, T("提出复查意见并书面答复", "Give the review's opinion"), by=Roles.UPPER_PROCURATORATE, cites=XF[35])
    ask_recheck = Step(reviewed >> rechecking, T("请求复核", "Ask for a recheck"), by=Roles.PETITIONER, cites=XF[36])
    open_hearing = Step(rechecking, T("复核听证开始", "A hearing begins"), by=Roles.PROVINCIAL_PROCURATORATE, cites=XF[36])
    end_hearing = Step(rechecking, T("复核听证结束", "It ends"), by=Roles.PROVINCIAL_PROCURATORATE, cites=XF[36])
    recheck = Step(rechecking >> final, T("提出复核意见，终结", "Give the recheck's opinion: ended"), by=Roles.PROVINCIAL_PROCURATORATE, cites=XF[36])
    visit = Step(
        (resolved | channelled | unasked) >> visited,
        T("回访", "Visit the person"),
        by=Roles.RECEPTION,
        asks=(content,),
        unless=discontent,
        cites=RULES["回访"],
    )
    visit_final = Step(
        final >> closed_final,
        T("终结后回访疏导", "Visit the person after the end"),
        by=Roles.RECEPTION,
        asks=(content,),
        cites=XF[37],
    )
    reopen = Step(
        resolved >> led,
        T("回访未息诉，重新包案", "Not content: a leader takes it again"),
        by=LEADS,
        asks=(leader, settle_by),
        cites=RULES["包案", "回访"],
    )

    # ---- limits ----

    hearing = Pause(open_hearing, end_hearing, title=T("复核听证所需时间", "Time of the hearing"), cites=XF[36])
    thirty_more = Extension(days(30), grant=prolong, title=T("延长不超过三十日", "Up to thirty days more"), cites=XF[34])
    to_tell = Limit(
        since=find | assign,
        until=tell,
        within=days(15),
        waived=object_ | no_address | merge | not_again,
        title=T("十五日内书面告知", "Told in fifteen days"),
        cites=XF[23] + POLICY["类推顺延"],
    )
    to_object = Limit(
        since=assign,
        until=object_,
        within=working_days(5),
        bars=True,
        title=T("五个工作日内提出异议", "Objected to in five working days"),
        cites=XF[23],
    )
    to_finish = Limit(
        since=take_up,
        until=issue | settle,
        within=days(60),
        extend=(thirty_more,),
        title=T("六十日内办结", "Dealt with in sixty days"),
        cites=XF[34] + POLICY["类推顺延"],
        warn=(days(10),),
    )
    to_ask_review = Limit(
        since=issue, until=ask_review, within=days(30), bars=True, title=T("三十日内请求复查", "Review asked for in thirty days"), cites=XF[35]
    )
    to_review = Limit(
        since=ask_review,
        until=review,
        within=days(30),
        title=T("三十日内复查", "Reviewed in thirty days"),
        cites=XF[35],
        warn=(days(5),),
    )
    to_ask_recheck = Limit(
        since=review, until=ask_recheck, within=days(30), bars=True, title=T("三十日内请求复核", "Recheck asked for in thirty days"), cites=XF[36]
    )
    to_recheck = Limit(
        since=ask_recheck,
        until=recheck,
        within=days(30),
        excluding=(hearing,),
        title=T("三十日内复核", "Rechecked in thirty days"),
        cites=XF[36],
        warn=(days(5),),
    )
    promised = Limit(
        since=settle_by,
        until=settle | issue | channel_on,
        within=days(0),
        target=True,
        title=T("包案化解期限", "Day that the leader set"),
        cites=RULES["包案"],
    )
    lapse_review = Step(issued >> unasked, T("逾期未请求复查", "No review was asked for"), by=Roles.SYSTEM, on=to_ask_review, cites=XF[35])
    lapse_recheck = Step(reviewed >> unasked, T("逾期未请求复核", "No recheck was asked for"), by=Roles.SYSTEM, on=to_ask_recheck, cites=XF[36])
