"""物品 · One item: extracted, taken on some legal basis, handed to the keeper, lent and brought back, and at last gone by a lawful way."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from enum import Enum

from tianping.law.statutes import LOCAL_STORE, PAP, PSC, CrPL
from tianping.procedure import CIVIL, CRIMINAL, NEW, PLAIN, Extension, Fact, Ground, Limit, Pause, Stage, Step, T, Track, days, hours, months
from tianping.procedure.contracts.roles import Roles

ON_SEIZURE = T("扣押期限、入库期限在提取后计算", "the limits of seizure and hand-in run on from the extraction")
IN_STORE = T("保管至依法处理；行政案件另有扣押期限", "kept until dealt with; an administrative seizure has its own limit")
DECIDED = T("批准后处理，法律未定日数", "to be carried out once approved; the law gives no number of days")
BY_JUDGMENT = T("等待人民法院生效裁判", "waits for the final judgment")
KEPT = Roles.KEEPER & Roles.OFFICER


class Nature(Enum):
    """物品性质 · What the confiscated thing is: it decides how it may go (PAP 196)."""

    ORDINARY = "有价值的物品"
    CONTRABAND = "违禁品"
    WORTHLESS = "没有价值或者价值轻微无法变卖"
    DANGEROUS = "无法变卖的危险物品"


class Item(Track):
    """涉案物品 · Investigator and keeper are different people from the first day; every way out of the store is a step of its own."""

    title = T("涉案物品", "Item")
    counting = CIVIL

    nature = Fact(Nature, T("收缴物品的性质", "What is the confiscated thing?"))
    value = Fact(Decimal, T("非法财物价值（元）", "What is it worth, in yuan?"))
    undisputed = Fact(bool, T("当事人对价值无异议", "Does nobody dispute the value?"))
    back_by = Fact(date, T("批准的归还日", "By when is it to be back?"))
    claimed = Fact(
        bool, T("占有人为被侵害人或者善意第三人，或者属于生活必需品", "Held by a victim or a third person in good faith, or needed for life?")
    )

    extracted = Stage(T("已提取", "Extracted"), no_limit=ON_SEIZURE)
    preserved = Stage(T("先行登记保存", "Preserved"))
    kept = Stage(T("在库", "In the store"), no_limit=IN_STORE)
    lent = Stage(T("调用", "Lent"))
    at_expert = Stage(T("送鉴定", "With the expert"), no_limit=T("鉴定期间不计入扣押期限", "its time does not count"))
    confiscated = Stage(T("已决定收缴、追缴", "Confiscated"), no_limit=DECIDED)
    awaiting = Stage(T("随案移送清单，实物待判决", "List sent, thing awaits the judgment"), no_limit=BY_JUDGMENT)
    returned = Stage(T("已发还", "Returned"), end=True)
    lifted = Stage(T("已解除保存", "Preservation lifted"), end=True)
    transferred = Stage(T("已随案移送", "Transferred with the case"), end=True)
    to_treasury = Stage(T("已上缴国库", "Paid to the treasury"), end=True)
    destroyed = Stage(T("已销毁", "Destroyed"), end=True)
    disposed = Stage(T("已按裁判处理", "Dealt with as judged"), end=True)

    # ---- taken ----

    extract = Step(NEW >> extracted, T("提取", "Extract"), by=2 * Roles.OFFICER, cites=PAP[52, 190] + PSC[229])
    not_to_be_seized = Ground(claimed.is_(True), T("依法不得扣押，只予登记", "Not to be seized, only noted"), PAP[107])
    seize = Step(
        extracted,
        T("决定扣押（行政）", "Seize, administrative"),
        by=Roles.OFFICER & Roles.CHIEF,
        unless=not_to_be_seized,
        asks=(claimed,),
        at_most=1,
        cites=PAP[107, 111],
    )
    seize_on_spot = Step(
        extracted,
        T("情况紧急当场扣押（行政）", "Seize on the spot, administrative"),
        by=2 * Roles.OFFICER,
        unless=not_to_be_seized,
        asks=(claimed,),
        at_most=1,
        cites=PAP[53, 56, 111],
    )
    not_on_spot = Ground(~seize_on_spot.done, T("并非当场扣押", "It was not seized on the spot"), PAP[56])
    confirm_on_spot = Step(extracted | kept, T("补办批准手续", "Approve it afterwards"), by=Roles.CHIEF, unless=not_on_spot, at_most=1, cites=PAP[56])
    overrule_on_spot = Step(
        (extracted | kept) >> returned, T("不予批准，立即解除", "Not approved: lifted at once"), by=Roles.CHIEF, unless=not_on_spot, cites=PAP[56]
    )
    seize_for_crime = Step(
        extracted,
        T("决定扣押（刑事）", "Seize, criminal"),
        by=Roles.OFFICER & (Roles.DEPARTMENT_HEAD | Roles.CHIEF),
        at_most=1,
        cites=CrPL[141, 142] + PSC[227, 228, 230],
    )
    accept = Step(extracted, T("接受提交的证据物品", "Accept as handed in"), by=Roles.OFFICER, at_most=1, cites=PAP[64] + PSC[170])

    preserve = Step(NEW >> preserved, T("先行登记保存", "Preserve"), by=2 * Roles.OFFICER & Roles.DEPARTMENT_HEAD, cites=PAP[110, 111])
    take_preserved = Step(
        preserved >> extracted, T("保存后决定扣押", "Seize what was preserved"), by=2 * Roles.OFFICER & Roles.CHIEF, cites=PAP[107, 110]
    )
    free_preserved = Step(preserved >> lifted, T("解除先行登记保存", "Lift the preservation"), by=Roles.OFFICER, cites=PAP[110])

    turn_criminal = Step(
        kept,
        T("转为刑事案件扣押", "Seized in a case that turned criminal"),
        by=Roles.OFFICER & (Roles.DEPARTMENT_HEAD | Roles.CHIEF),
        at_most=1,
        cites=PAP[65] + PSC[227, 228],
    )
    criminal = Ground(seize_for_crime.done | turn_criminal.done, T("按刑事程序扣押", "Seized in criminal procedure"), PSC[227])
    no_basis = Ground(
        ~(seize.done | seize_on_spot.done | seize_for_crime.done | accept.done | take_preserved.done),
        T("没有扣押或者接受证据的手续", "There is no paper for taking it"),
        PAP[111] + PSC[228],
    )

    # ---- to the store ----

    note_remote = Step(
        extracted, T("注明异地或者偏远提取", "Note that it was taken far away"), by=Roles.OFFICER, unless=criminal, at_most=1, cites=PAP[190]
    )
    reach_unit = Step(extracted, T("返回单位", "Back at the unit"), by=Roles.OFFICER, unless=criminal, at_most=1, cites=PAP[190])
    allow_first_use = Step(
        extracted,
        T("批准先行鉴定、辨认、检查", "Allow urgent examination first"),
        by=Roles.DEPARTMENT_HEAD,
        unless=criminal,
        at_most=1,
        cites=PAP[190],
    )
    end_first_use = Step(
        extracted, T("先行鉴定、辨认、检查完毕", "The urgent examination is over"), by=Roles.OFFICER, unless=criminal, at_most=1, cites=PAP[190]
    )
    hand_in = Step(
        extracted >> kept,
        T("移交保管", "Hand to the keeper"),
        by=KEPT,
        not_by=extract,
        unless=no_basis,
        cites=PAP[188, 189, 190] + PSC[235],
    )

    # ---- in and out ----

    lend = Step(kept >> lent, T("批准调用", "Lend"), by=Roles.KEEPER & Roles.DEPARTMENT_HEAD, asks=(back_by,), cites=PAP[190] + LOCAL_STORE["调用"])
    take_back = Step(lent >> kept, T("归还入库", "Take back"), by=KEPT, cites=PAP[190] + LOCAL_STORE["归还"])
    entrust = Step(kept >> at_expert, T("送鉴定", "Send to the expert"), by=KEPT, cites=PAP[112] + PSC[230])
    expert_returns = Step(at_expert >> kept, T("鉴定后归还", "The expert returns it"), by=KEPT, cites=PAP[112] + PSC[230])
    extend_seizure = Step(extracted | kept | lent | at_expert, T("批准延长扣押", "Extend the seizure"), by=Roles.CHIEF, cites=PAP[112])
    sell_early = Step(
        extracted | kept,
        T("不易保管，先行变卖，价款暂存", "Sell what cannot be kept, hold the price"),
        by=Roles.CHIEF & Roles.KEEPER,
        cites=PAP[191] + PSC[236],
    )
    find_unrelated = Step(
        extracted | kept | lent | at_expert,
        T("查明与案件无关（刑事）", "Found unrelated, criminal"),
        by=Roles.OFFICER,
        when=criminal,
        cites=CrPL[145] + PSC[233],
    )
    unrelated = Ground(find_unrelated.done, T("已查明与案件无关，应当退还", "Found unrelated: to be given back"), CrPL[145] + PSC[233])

    # ---- back to somebody ----

    give_back = Step(
        (extracted | kept) >> returned,
        T("退还原主", "Give back to the owner"),
        by=KEPT,
        cites=CrPL[145] + PSC[233] + PAP[191, 197],
    )
    give_to_victim = Step(
        (extracted | kept) >> returned,
        T("发还被害人", "Give to the victim"),
        by=KEPT & Roles.CHIEF,
        cites=CrPL[245] + PSC[234] + PAP[192],
    )
    call_owner = Step(kept, T("通知原主或者公告认领", "Tell the owner, or announce"), by=Roles.OFFICER, at_most=1, cites=PSC[233] + PAP[197])
    extend_claim = Step(kept, T("特殊情况延期处理", "Allow more time to claim"), by=Roles.CHIEF, at_most=1, unless=criminal, cites=PAP[197])

    # ---- with the case ----

    transfer = Step(
        kept >> transferred, T("随案移送", "Transfer with the case"), by=KEPT, when=criminal, unless=unrelated, cites=CrPL[245] + PSC[288]
    )
    send_list = Step(
        kept >> awaiting,
        T("实物不宜移送，移送清单照片", "Send list and pictures"),
        by=KEPT,
        when=criminal,
        unless=unrelated,
        cites=CrPL[245] + PSC[288],
    )
    carry_out = Step(
        awaiting >> disposed, T("按生效裁判处理并回执", "Do as judged, and report"), by=Roles.KEEPER & Roles.CHIEF, cites=CrPL[245] + PSC[288]
    )

    # ---- taken for good, administrative ----

    confiscate = Step(
        kept >> confiscated, T("决定收缴、追缴", "Confiscate"), by=Roles.CHIEF, unless=criminal, asks=(nature,), cites=PAP[193, 194, 195]
    )
    beyond_station = Ground(
        ~(nature.is_(Nature.CONTRABAND) | ((value <= Decimal(500)) & undisputed.is_(True))),
        T("超出派出所收缴权限", "More than a station may confiscate"),
        PAP[195],
    )
    confiscate_at_station = Step(
        kept >> confiscated,
        T("派出所决定收缴", "Confiscate, by the station"),
        by=Roles.STATION_HEAD,
        unless=(criminal, beyond_station),
        asks=(nature, value, undisputed),
        cites=PAP[193, 194, 195],
    )
    sellable = Ground(nature.is_(Nature.ORDINARY), T("有价值且可以变卖", "Of value, and can be sold"), PAP[196])
    return_confiscated = Step(confiscated >> returned, T("返还被侵害人或者善意第三人", "Return to a victim"), by=KEPT & Roles.CHIEF, cites=PAP[196])
    sell = Step(
        confiscated >> to_treasury,
        T("变卖、拍卖或者上缴国库", "Sell, and pay the treasury"),
        by=Roles.KEEPER & Roles.CHIEF,
        when=sellable,
        cites=PAP[196],
    )
    destroy = Step(confiscated >> destroyed, T("登记造册后销毁", "Destroy"), by=KEPT & Roles.CHIEF, unless=sellable, cites=PAP[196])

    # ---- time ----

    travel = Pause(since=note_remote, until=reach_unit, title=T("异地、偏远提取的路途", "On the way from far away"), cites=PAP[190])
    first_use = Pause(since=allow_first_use, until=end_first_use, title=T("先行鉴定、辨认、检查", "Urgent examination"), cites=PAP[190])
    appraisal = Pause(since=entrust, until=expert_returns, title=T("鉴定期间", "With the expert"), cites=PAP[112])

    hand_in_time = Limit(
        since=seize | seize_on_spot | take_preserved | reach_unit | end_first_use,
        until=hand_in,
        within=hours(24),
        title=T("移交入库期限", "Time to hand in"),
        excluding=(travel, first_use),
        waived=give_back | give_to_victim | overrule_on_spot,
        counting=PLAIN,
        cites=PAP[190],
    )
    hand_in_norm = Limit(
        since=seize_for_crime | accept,
        until=hand_in,
        within=hours(24),
        title=T("移交入库时间（刑事扣押、接受提交）", "Time to hand in what is seized for a crime or accepted"),
        waived=give_back | give_to_victim | overrule_on_spot,
        counting=PLAIN,
        target=True,
        cites=LOCAL_STORE["入库"],
    )
    approval_time = Limit(
        since=seize_on_spot,
        until=confirm_on_spot | overrule_on_spot,
        within=hours(24),
        title=T("当场扣押报告批准期限", "Time to have it approved"),
        waived=give_back | give_to_victim | transfer | send_list | confiscate | confiscate_at_station,
        counting=PLAIN,
        cites=PAP[56],
    )
    preservation = Limit(
        since=preserve, until=take_preserved | free_preserved, within=days(7), title=T("先行登记保存期限", "Time of the preservation"), cites=PAP[110]
    )
    seizure_time = Limit(
        since=seize | seize_on_spot | take_preserved,
        until=confiscate | confiscate_at_station | give_back | give_to_victim | overrule_on_spot,
        within=days(30),
        title=T("扣押期限（行政）", "Time of the seizure"),
        excluding=(appraisal,),
        extend=(Extension(days(30), grant=extend_seizure, cites=PAP[112]),),
        waived=turn_criminal | transfer | send_list,
        warn=(days(3),),
        cites=PAP[112],
    )
    return_time = Limit(
        since=find_unrelated,
        until=give_back | give_to_victim | overrule_on_spot,
        within=days(3),
        title=T("退还无关物品期限", "Time to give back what is unrelated"),
        waived=call_owner,
        counting=CRIMINAL,
        cites=CrPL[145] + PSC[233],
    )
    loan_time = Limit(
        since=back_by, until=take_back, within=days(0), title=T("调用归还日", "Day to bring it back"), target=True, cites=LOCAL_STORE["归还"]
    )
    claim_time = Limit(
        since=call_owner,
        until=give_back | give_to_victim,
        within=months(6),
        title=T("认领期限", "Time to claim"),
        extend=(Extension(months(3), grant=extend_claim, cites=PAP[197]),),
        bars=True,
        cites=PSC[233] + PAP[197],
    )

    lapse_preserved = Step(preserved >> lifted, T("逾期视为自动解除", "Lapsed: lifted by law"), by=Roles.SYSTEM, on=preservation, cites=PAP[110])
    take_unclaimed = Step(
        kept >> to_treasury,
        T("无人认领，登记后上缴国库", "Unclaimed: to the treasury"),
        by=Roles.KEEPER & Roles.CHIEF,
        on=claim_time,
        cites=PSC[233] + PAP[197],
    )
