"""各线 · The parts of a criminal case: each suspect with a clock of his own, the form of the trial, the judgment as it reaches each party."""

from __future__ import annotations

from tianping.law.statutes import PPR, PSC, CrI, CrPL
from tianping.procedure import CRIMINAL, CUSTODY, NEW, Extension, Fact, Ground, Limit, Pause, Stage, Step, T, Track, days, hours
from tianping.procedure.contracts.roles import Roles

DECIDES = Roles.PROSECUTOR | Roles.CHIEF_PROSECUTOR
AT_ONCE = T("法律要求立即办理，未定日数", "the law says at once and gives no number of days")


class Suspect(Track):
    """犯罪嫌疑人 · One suspect: coercive measures follow the person, not the case. Nothing in custody rolls over a rest day."""

    title = T("犯罪嫌疑人、被告人", "Suspect or defendant")
    counting = CUSTODY

    grave = Fact(bool, T("案情特别重大复杂且需拘留、逮捕", "Especially grave or complex, and is detention or arrest needed?"))
    roaming = Fact(bool, T("流窜、多次、结伙作案的重大嫌疑分子", "Gravely suspected of roaming, repeated or gang offences?"))
    identity_known = Fact(bool, T("身份已查明", "Is the identity known?"))
    intricate = Fact(bool, T("提请批捕案件重大、复杂", "Is the request for arrest grave or complex?"))
    complex_case = Fact(bool, T("案情复杂、期限届满不能终结", "Complex, and not to be finished in time?"))
    four_kinds = Fact(bool, T("属于刑事诉讼法第158条四类案件", "One of the four kinds of article 158?"))
    ten_years = Fact(bool, T("可能判处十年有期徒刑以上刑罚", "Is ten years or more to be expected?"))

    summoned = Stage(T("传唤、拘传到案", "Summoned"))
    free = Stage(T("未采取强制措施", "Under no measure"), no_limit=T("未采取强制措施，无羁押期限", "no measure is in force, so none runs out"))
    detained = Stage(T("拘留", "Detained"))
    requested = Stage(T("提请批捕（已拘留）", "Arrest requested, detained"))
    proposed = Stage(T("提请批捕（未羁押）", "Arrest requested, at liberty"))
    approved = Stage(T("已批准逮捕（在押）", "Arrest approved, held"), no_limit=AT_ONCE)
    wanted = Stage(T("已批准逮捕（未到案）", "Arrest approved, at liberty"), no_limit=AT_ONCE)
    refused = Stage(T("不批准逮捕（在押）", "Arrest refused, still held"))
    arrested = Stage(T("逮捕", "Arrested"))
    on_bail = Stage(T("取保候审", "On bail"))
    watched = Stage(T("监视居住", "Under residential surveillance"))
    finished = Stage(T("诉讼终结", "No longer in the case"), end=True)

    in_custody = detained | requested | approved | refused | arrested
    under_measure = on_bail | watched

    is_roaming = Ground(roaming.is_(True), T("流窜、多次、结伙作案", "Roaming, repeated or gang offences"), CrPL[91] + PSC[129])
    unknown = Ground(identity_known.is_(False), T("身份不明", "The identity is not known"), CrPL[160])
    is_complex = Ground(complex_case.is_(True), T("案情复杂、期限届满不能终结", "Complex, and not to be finished in time"), CrPL[156])
    is_four = Ground(four_kinds.is_(True), T("属于四类案件", "One of the four kinds"), CrPL[158])
    is_ten = Ground(ten_years.is_(True), T("可能判处十年以上", "Ten years or more"), CrPL[159])

    name_one = Step(NEW >> free, T("确定犯罪嫌疑人", "Name a suspect"), by=Roles.OFFICER, cites=CrPL[109])
    summon = Step((NEW | free) >> summoned, T("传唤、拘传", "Summon"), by=2 * Roles.OFFICER, asks=(grave,), cites=CrPL[118, 119] + PSC[199, 200])
    let_go = Step(summoned >> free, T("结束传唤", "End the summons"), by=Roles.OFFICER, cites=CrPL[119] + PSC[200])
    detain = Step(
        (NEW | free | summoned | on_bail | watched) >> detained,
        T("拘留", "Detain"),
        by=Roles.CHIEF,
        asks=(roaming, identity_known),
        cites=CrPL[71, 77, 82] + PSC[124, 125],
    )
    admit = Step(detained | arrested, T("送看守所羁押", "Take to the custody house"), by=2 * Roles.OFFICER, cites=CrPL[85, 93] + PSC[126])
    tell_family = Step(detained | requested | arrested, T("通知家属", "Tell the family"), by=Roles.OFFICER, cites=CrPL[85, 93] + PSC[127])
    note_untold = Step(detained, T("注明无法或不宜通知家属", "Note why the family is not told"), by=Roles.CHIEF, cites=CrPL[85] + PSC[127])
    question = Step(detained | requested | arrested, T("讯问", "Question"), by=2 * Roles.OFFICER, cites=CrPL[86, 94, 118] + PSC[128])
    prolong = Step(detained, T("批准延长提请一至四日", "Prolong by up to four days"), by=Roles.CHIEF, at_most=1, cites=CrPL[91] + PSC[129])
    prolong_thirty = Step(
        detained, T("批准延长提请至三十日", "Prolong to thirty days"), by=Roles.CHIEF, when=is_roaming, at_most=1, cites=CrPL[91] + PSC[129]
    )
    request = Step(detained >> requested, T("提请批准逮捕", "Request arrest"), by=Roles.CHIEF, cites=CrPL[87, 91])
    propose = Step(
        (free | on_bail | watched) >> proposed,
        T("对未羁押者提请批准逮捕", "Request arrest of one at liberty"),
        by=Roles.CHIEF,
        asks=(intricate, identity_known),
        cites=CrPL[81, 87] + PPR[282],
    )
    approve = Step(requested >> approved, T("批准逮捕", "Approve arrest"), by=DECIDES, cites=CrPL[89:91] + PPR[4, 282])
    approve_free = Step(proposed >> wanted, T("对未羁押者批准逮捕", "Approve arrest of one at liberty"), by=DECIDES, cites=CrPL[89, 90] + PPR[4, 282])
    refuse = Step(requested >> refused, T("不批准逮捕", "Refuse arrest"), by=DECIDES, cites=CrPL[90, 91] + PPR[282, 285])
    refuse_free = Step(proposed >> free, T("对未羁押者不批准逮捕", "Refuse arrest of one at liberty"), by=DECIDES, cites=CrPL[90] + PPR[282, 285])
    arrest = Step((approved | wanted) >> arrested, T("执行逮捕", "Arrest"), by=2 * Roles.OFFICER, unless=unknown, cites=CrPL[80, 90, 93])
    arrest_unknown = Step(
        (approved | wanted) >> arrested,
        T("逮捕身份不明者", "Arrest a person unknown"),
        by=2 * Roles.OFFICER,
        when=unknown,
        cites=CrPL[90, 160] + PSC[130],
    )
    order_arrest = Step(
        (free | on_bail | watched) >> arrested,
        T("审查起诉、审判阶段决定逮捕", "Arrest ordered in review or trial"),
        by=DECIDES | Roles.JUDGE,
        cites=CrPL[80, 81] + CrI[163, 165],
    )
    identify = Step(arrested, T("查清身份", "Find out the identity"), by=Roles.CHIEF, sets=((identity_known, True),), cites=CrPL[160] + PSC[152])
    find_crime = Step(arrested, T("发现另有重要罪行", "Find another grave offence"), by=2 * Roles.OFFICER, cites=CrPL[160] + PSC[151])
    recount = Step(arrested, T("批准重新计算羁押期限", "Approve the fresh count"), by=Roles.CHIEF, cites=PSC[151])
    ask_one = Step(arrested, T("提请延长一个月", "Ask for one month"), by=Roles.CHIEF, asks=(complex_case,), cites=CrPL[156] + PSC[148] + PPR[309])
    extend_one = Step(
        arrested, T("上一级检察院批准延长一个月", "Extend by one month"), by=Roles.UPPER_PROCURATORATE, when=is_complex, cites=CrPL[156] + PPR[311]
    )
    had_one = Ground(extend_one.done, T("已依第156条延长", "It has been extended under article 156"), CrPL[158])
    ask_two = Step(arrested, T("提请延长二个月", "Ask for two months"), by=Roles.CHIEF, asks=(four_kinds,), cites=PSC[149] + PPR[309])
    extend_two = Step(
        arrested,
        T("省级检察院批准延长二个月", "Extend by two months"),
        by=Roles.PROVINCIAL_PROCURATORATE,
        when=(is_four, had_one),
        cites=CrPL[158],
    )
    had_two = Ground(extend_two.done, T("已依第158条延长", "It has been extended under article 158"), CrPL[159])
    ask_three = Step(arrested, T("提请再延长二个月", "Ask for two months again"), by=Roles.CHIEF, asks=(ten_years,), cites=PSC[150] + PPR[309])
    extend_three = Step(
        arrested,
        T("省级检察院批准再延长二个月", "Extend by two months again"),
        by=Roles.PROVINCIAL_PROCURATORATE,
        when=(is_ten, had_two),
        cites=CrPL[159],
    )
    examine = Step(
        in_custody | under_measure | free,
        T("送精神病鉴定", "Send to psychiatric examination"),
        by=Roles.CHIEF | DECIDES | Roles.JUDGE,
        cites=CrPL[149],
    )
    examined = Step(
        in_custody | under_measure | free, T("精神病鉴定完成", "The psychiatric opinion is given"), by=Roles.APPRAISER, cites=CrPL[149] + CrI[211]
    )
    bail = Step(
        (free | summoned | detained | requested | refused | arrested | watched) >> on_bail,
        T("取保候审", "Release on bail"),
        by=Roles.CHIEF | DECIDES | Roles.JUDGE,
        cites=CrPL[67, 98],
    )
    renew_bail = Step(on_bail, T("重新办理取保候审", "Order bail afresh"), by=DECIDES | Roles.JUDGE, at_most=2, cites=PPR[103] + CrI[162])
    watch = Step(
        (free | summoned | detained | requested | refused | arrested | on_bail) >> watched,
        T("监视居住", "Put under residential surveillance"),
        by=Roles.CHIEF | DECIDES | Roles.JUDGE,
        cites=CrPL[74, 98],
    )
    renew_watch = Step(watched, T("重新办理监视居住", "Order surveillance afresh"), by=DECIDES | Roles.JUDGE, at_most=2, cites=CrI[162])
    release = Step(
        (detained | requested | refused | approved | arrested) >> free,
        T("释放", "Release"),
        by=Roles.CHIEF | DECIDES | Roles.JUDGE,
        cites=CrPL[86, 91, 94, 98],
    )
    lift = Step(
        (on_bail | watched) >> free, T("解除取保候审、监视居住", "Lift the measure"), by=Roles.CHIEF | DECIDES | Roles.JUDGE, cites=CrPL[79, 99]
    )
    finish = Step(
        (free | summoned | detained | requested | proposed | approved | wanted | refused | arrested | on_bail | watched) >> finished,
        T("对其终结诉讼", "End the case against this person"),
        by=Roles.CHIEF | DECIDES | Roles.JUDGE,
        cites=CrPL[163, 178, 200] + PSC[186],
    )

    to_liberty = release | bail | watch | finish

    psychiatric = Pause(examine, examined, title=T("精神病鉴定期间", "Psychiatric examination"), cites=CrPL[149] + CrI[211])
    at_summons = Limit(
        summon,
        let_go | detain | bail | watch | finish,
        hours(12).but(hours(24), when=grave.is_(True)),
        title=T("传唤、拘传时限", "Length of a summons"),
        cites=CrPL[119] + PSC[200],
        warn=(hours(2),),
    )
    to_house = Limit(detain, admit | to_liberty, hours(24), title=T("送看守所时限", "Time to the custody house"), cites=CrPL[85] + PSC[126])
    to_family = Limit(
        detain | arrest | arrest_unknown,
        tell_family | note_untold | to_liberty,
        hours(24),
        title=T("通知家属时限", "Time to tell the family"),
        cites=CrPL[85, 93],
    )
    to_question = Limit(
        detain | arrest | arrest_unknown, question | to_liberty, hours(24), title=T("讯问时限", "Time to the first questioning"), cites=CrPL[86, 94]
    )
    four_days = Extension(days(4), grant=prolong, when=~prolong_thirty.done, title=T("延长一至四日", "Up to four days"), cites=CrPL[91])
    to_request = Limit(
        detain,
        request | to_liberty,
        days(3).but(days(30), when=prolong_thirty.done),
        excluding=(psychiatric,),
        extend=(four_days,),
        title=T("提请批准逮捕期限", "Time to request arrest"),
        cites=CrPL[91] + PSC[129],
        warn=(days(1),),
    )
    to_decide = Limit(
        request,
        approve | refuse | to_liberty,
        days(7),
        title=T("审查批准逮捕期限", "Time to decide on arrest"),
        cites=CrPL[91] + PPR[282],
        warn=(days(2),),
    )
    to_decide_free = Limit(
        propose,
        approve_free | refuse_free | finish,
        days(15).but(days(20), when=intricate.is_(True)),
        counting=CRIMINAL,
        title=T("未羁押者审查逮捕期限", "Time to decide on one at liberty"),
        cites=PPR[282],
    )
    to_obey = Limit(refuse, to_liberty, days(3), title=T("不批准逮捕执行回执期限", "Time to obey a refusal and say so"), cites=CrPL[91] + PPR[286])
    to_recount = Limit(find_crime, recount | to_liberty, days(5), title=T("报批重新计算期限", "Time to approve the fresh count"), cites=PSC[151])


class Form(Track):
    """审判程序 · Ordinary, summary or fast-track; a change counts the trial limit afresh from its day."""

    title = T("审判程序", "Form of the trial")

    fast_fit = Fact(bool, T("符合速裁程序条件且被告人同意", "Fit for the fast track, and does the defendant agree?"))
    summary_fit = Fact(bool, T("符合简易程序条件且被告人同意", "Fit for the summary procedure, and does the defendant agree?"))
    over_three = Fact(bool, T("可能判处的有期徒刑超过三年", "Are more than three years to be expected?"))
    over_one = Fact(bool, T("速裁案件可能判处的有期徒刑超过一年", "Are more than one year to be expected on the fast track?"))

    limit_elsewhere = T("审限在案件主线计算", "the trial limit runs on the case itself")
    fast = Stage(T("速裁程序", "Fast track"), no_limit=limit_elsewhere)
    summary = Stage(T("简易程序", "Summary procedure"), no_limit=limit_elsewhere)
    ordinary = Stage(T("普通程序", "Ordinary procedure"), no_limit=limit_elsewhere)

    may_be_fast = Ground(
        fast_fit.is_(True) & over_three.is_(False), T("符合速裁程序适用条件", "It is fit for the fast track"), CrPL[222, 223] + CrI[369, 370]
    )
    may_be_summary = Ground(summary_fit.is_(True), T("符合简易程序适用条件", "It is fit for the summary procedure"), CrPL[214, 215] + CrI[359, 360])

    as_fast = Step(
        NEW >> fast,
        T("决定适用速裁程序", "Choose the fast track"),
        by=Roles.JUDGE,
        when=may_be_fast,
        asks=(fast_fit, over_one, over_three),
        cites=CrPL[222] + CrI[369],
    )
    as_summary = Step(
        NEW >> summary,
        T("决定适用简易程序", "Choose the summary procedure"),
        by=Roles.JUDGE,
        when=may_be_summary,
        asks=(summary_fit, over_three),
        cites=CrPL[214] + CrI[359],
    )
    as_ordinary = Step(NEW >> ordinary, T("适用普通程序", "Choose the ordinary procedure"), by=Roles.JUDGE, cites=CrPL[183, 186])
    to_summary = Step(
        fast >> summary,
        T("速裁转为简易程序", "Turn it summary"),
        by=Roles.JUDGE,
        when=may_be_summary,
        asks=(summary_fit, over_three),
        cites=CrPL[226] + CrI[375, 376],
    )
    to_ordinary = Step((fast | summary) >> ordinary, T("转为普通程序", "Turn it ordinary"), by=Roles.JUDGE, cites=CrPL[221, 226] + CrI[368, 375, 376])


class Verdict(Track):
    """裁判送达 · The judgment as it reaches one party, or the procuratorate: each has an appeal period of its own."""

    title = T("裁判文书送达", "Delivery of the judgment")
    counting = CRIMINAL

    of_ruling = Fact(bool, T("系裁定", "Is it a ruling?"))

    served = Stage(T("上诉、抗诉期内", "In the appeal period"))
    appealed = Stage(T("已上诉、抗诉", "Appealed or protested"))
    settled = Stage(T("未上诉、抗诉", "Not appealed"), end=True)
    gone_up = Stage(T("已移送第二审", "Sent to the second instance"), end=True)

    serve = Step(NEW >> served, T("送达判决书、裁定书", "Deliver the judgment"), by=Roles.CLERK, asks=(of_ruling,), cites=CrPL[202, 230] + CrI[303])
    appeal = Step(served >> appealed, T("上诉", "Appeal"), by=Roles.SUSPECT | Roles.DEFENDER | Roles.PARTY, cites=CrPL[227, 231] + CrI[378])
    protest = Step(served >> appealed, T("抗诉", "Protest"), by=DECIDES, cites=CrPL[228, 232] + CrI[384])
    take_back = Step(
        appealed >> settled, T("上诉期内撤回上诉", "Take the appeal back in time"), by=Roles.SUSPECT | Roles.DEFENDER | Roles.PARTY, cites=CrI[383]
    )
    send_up = Step(appealed >> gone_up, T("移送上一级人民法院", "Send the file up"), by=Roles.CLERK, cites=CrPL[231, 232] + CrI[381, 384])

    to_appeal = Limit(
        serve,
        appeal | protest,
        days(10).but(days(5), when=of_ruling.is_(True)),
        bars=True,
        title=T("上诉、抗诉期限", "Time to appeal or protest"),
        cites=CrPL[230] + CrI[380],
    )
    appeal_days = Limit(
        serve, None, days(10).but(days(5), when=of_ruling.is_(True)), title=T("上诉期届满", "End of the appeal period"), cites=CrPL[230] + CrI[380]
    )
    let_stand = Step(served >> settled, T("上诉、抗诉期满", "The appeal period ends"), by=Roles.SYSTEM, on=to_appeal, cites=CrPL[230])
    to_send_up = Limit(
        appeal_days, send_up, days(3), waived=let_stand | take_back, title=T("期满后移送期限", "Time to send the file up"), cites=CrI[381, 384]
    )
