"""办案区活动（至2025年） · A suspect's visit to the case-handling area, under the public-security law of 2012. Frozen.

The version begins on 2020-09-01, for the criminal procedure provisions that it rests on begin there.
"""

from __future__ import annotations

from datetime import date
from enum import Enum

from tianping.institutions.police.handling_centres.procedures.centre_visit.history.until_2025_tracks import (
    AT_ONCE,
    ON_MEASURE,
    Interview,
    Measure,
    RoomStay,
)
from tianping.law.statutes import LOCAL_CENTRE, PAP, PSA, PSC, QST, CrPL
from tianping.procedure import NEW, PLAIN, Condition, Extension, Fact, Ground, Limit, Many, Procedure, Stage, Step, T, hours, minutes
from tianping.procedure.contracts.matters import CentreUse
from tianping.procedure.contracts.roles import Roles

INSIDE = Roles.OFFICER | Roles.CENTRE_MANAGER


class Destination(Enum):
    """去向 · Where a person who is not released is taken."""

    CUSTODY_HOUSE = "看守所"
    DETENTION_HOUSE = "拘留所"
    OTHER_POLICE = "其他公安机关"
    OTHER_ORGAN = "其他国家机关"
    HOSPITAL = "医院"


class CentreVisit(Procedure):
    """办案区活动 · Registered, searched, belongings kept, data taken; then rooms, interviews and meals until the person is let go or handed over."""

    title = T("办案区活动", "Visit to the case-handling area")
    code = "centre_visit"
    valid_from = date(2020, 9, 1)
    valid_to = date(2025, 12, 31)
    counting = PLAIN
    corrects = Roles.CENTRE_MANAGER

    vulnerable = Fact(
        bool, T("怀孕或者哺乳、不满十六周岁或者已满七十周岁", "Pregnant or nursing, under sixteen, or seventy and over?"),
        flag=T("孕哺、不满十六或者已满七十周岁", "Pregnant, nursing, under sixteen, or seventy and over"),
    )  # fmt: skip
    minor = Fact(bool, T("是否未成年人", "Is the person a minor?"), flag=T("未成年人", "A minor"))
    woman = Fact(bool, T("是否妇女", "Is the person a woman?"))
    needs_interpreter = Fact(bool, T("是否聋哑或者不通晓当地语言文字", "Deaf, mute, or not knowing the local language?"))
    searched_by_woman = Fact(bool, T("是否由女性工作人员检查", "Is the search made by a woman?"))
    hurt = Fact(bool, T("是否有伤情、疾病或者醉酒", "Is the person hurt, ill or drunk?"))
    destination = Fact(Destination, T("送往何处", "Where is the person taken?"))

    measures = Many(Measure, one_open=True)
    interviews = Many(Interview, one_open=True)
    stays = Many(RoomStay, one_open=True)

    entered = Stage(T("已登记入区", "Registered"), no_limit=ON_MEASURE)
    checked = Stage(T("已检查", "Searched"), no_limit=ON_MEASURE)
    stored = Stage(T("已存物", "Belongings kept"), no_limit=ON_MEASURE)
    ready = Stage(T("候问", "Ready"), no_limit=ON_MEASURE)
    away = Stage(T("临时离区", "Out for a time"), no_limit=ON_MEASURE)
    leaving = Stage(T("办理出区", "Leaving"), no_limit=AT_ONCE)
    not_admitted = Stage(T("未予入区", "Not admitted"), answers=CentreUse.not_admitted)
    released = Stage(T("已离区", "Let go"), answers=CentreUse.released)
    handed_over = Stage(T("已移交", "Handed over"), answers=CentreUse.handed_over)

    # ---- in ----

    register = Step(
        NEW >> entered,
        T("登记入区", "Register"),
        by=Roles.OFFICER & Roles.CENTRE_MANAGER,
        asks=(vulnerable, minor, woman, needs_interpreter),
        cites=PAP[71] + PSC[198] + LOCAL_CENTRE["入区"],
    )
    wrong_searcher = Ground(
        woman.is_(True) & ~searched_by_woman.is_(True),
        T("检查妇女未由女性工作人员进行", "A woman is not searched by a woman"),
        PSA[87] + PAP[84] + PSC[217],
    )
    search = Step(
        entered >> checked,
        T("人身安全检查", "Search the person"),
        by=2 * Roles.OFFICER,
        unless=wrong_searcher,
        asks=(searched_by_woman, hurt),
        cites=PAP[52, 53, 84] + PSC[217],
    )
    turn_away = Step(
        (entered | checked) >> not_admitted, T("不宜入区，不予接收", "Not fit to be admitted"), by=Roles.CENTRE_MANAGER, cites=LOCAL_CENTRE["入区"]
    )
    keep_belongings = Step(
        checked >> stored, T("登记保管随身物品", "Keep the belongings"), by=Roles.CENTRE_MANAGER, not_by=search, cites=PAP[53] + QST[32]
    )
    take_data = Step(stored >> ready, T("信息采集", "Take biometric data"), by=Roles.OFFICER, cites=PAP[83] + PSC[217])
    data_known = Step(stored >> ready, T("此前已采集，不再采集", "Data taken before, not again"), by=Roles.OFFICER, cites=PAP[83])

    # ---- inside ----

    examine = Step(
        entered | checked | stored | ready, T("医务人员检查", "Examined by medical staff"), by=Roles.MEDIC, cites=QST[23, 31] + LOCAL_CENTRE["就医"]
    )
    feed = Step(ready | away, T("提供饮食", "Give food"), by=INSIDE, cites=PAP[71] + PSC[201] + CrPL[119])
    rest = Step(ready | away, T("安排休息", "Give rest"), by=INSIDE, cites=PAP[71] + PSC[201] + CrPL[119])

    not_ready = Ground(
        ~(take_data.done | data_known.done),
        T("入区检查、存物、采集未完成", "The steps of admission are not finished"),
        PAP[53] + LOCAL_CENTRE["入区"],
    )
    no_measure = Ground(
        ~measures.any(Measure.inquired | Measure.summoned | Measure.forced | Measure.questioned | Measure.detained),
        T("没有正在执行的到案措施", "No measure is in force"),
        PAP[67] + CrPL[119],
    )
    in_interview_room = Ground(stays.any(RoomStay.interviewing), T("在讯（询）问室内", "In an interview room"), PAP[71] + PSC[198])
    unexamined = Ground(
        hurt.is_(True) & ~examine.done,
        T("有伤病或者醉酒而未经医务人员检查", "Hurt, ill or drunk, and not examined"),
        QST[23, 31] + LOCAL_CENTRE["就医"],
    )
    minor_alone = Ground(
        minor.is_(True) & ~Interview.adult_present.is_(True),
        T("未成年人无法定代理人或者合适成年人到场", "A minor without an adult"),
        PSA[84] + PAP[75] + CrPL[281],
    )
    not_understood = Ground(
        needs_interpreter.is_(True) & ~Interview.interpreter_present.is_(True),
        T("未配备翻译或者手语人员", "No interpreter is present"),
        PSA[86] + PAP[76] + PSC[204] + CrPL[121],
    )
    questioned_weak = Ground(
        vulnerable.is_(True) & measures.any(Measure.brought | Measure.questioned),
        T("此类被盘问人不得送入候问室", "Such a person may not be put in the waiting room"),
        QST[10, 30],
    )
    room_open = Ground(
        stays.any(RoomStay.interviewing | RoomStay.waiting | RoomStay.elsewhere), T("仍在使用用房", "Still in a room"), LOCAL_CENTRE["用房"]
    )
    interview_open = Ground(interviews.any(Interview.going), T("讯（询）问尚未结束", "An interview is under way"), PAP[77] + PSC[206])
    measure_open = Ground(
        measures.any(Measure.inquired | Measure.summoned | Measure.forced | Measure.brought | Measure.questioned | Measure.detained),
        T("到案措施尚未结束", "A measure is still in force"),
        PAP[68] + PSC[199],
    )
    no_weak_extension = Ground(vulnerable.is_(True), T("此类被盘问人须在四小时内盘问完毕", "For such a person there are four hours"), QST[10])
    inquired_before = Ground(measures.any(Measure.inquiry_over), T("不得连续传唤变相拘禁", "No second summons after the first"), PAP[69])
    summoned_before = Ground(
        measures.any(Measure.summons_over | Measure.forced_over), T("不得连续传唤、拘传变相拘禁", "No chain of summonses"), CrPL[119] + PSC[80, 200]
    )
    questioned_before = Ground(measures.any(Measure.questioning_over), T("不得连续继续盘问", "No second questioning after the first"), QST[12])

    fit_to_interview = Condition(Interview.begin, when=in_interview_room, unless=(not_ready, no_measure, unexamined, minor_alone, not_understood))
    fit_for_rooms = Condition(RoomStay.enter_interview | RoomStay.enter_waiting, unless=not_ready)
    fit_to_wait = Condition(RoomStay.enter_waiting, unless=questioned_weak)
    room_not_left = Condition(RoomStay.leave, unless=interview_open)
    no_longer = Condition(Measure.extend_to_day | Measure.extend_to_two_days, unless=no_weak_extension)
    one_inquiry = Condition(Measure.inquire | Measure.inquire_orally, unless=inquired_before)
    one_summons = Condition(Measure.call_in | Measure.call_in_orally | Measure.force_in, unless=summoned_before)
    one_questioning = Condition(Measure.bring_in, unless=questioned_before)

    step_out = Step(
        ready >> away,
        T("批准临时离区", "Allow a way out"),
        by=Roles.OFFICER & Roles.DEPARTMENT_HEAD,
        unless=(room_open, interview_open),
        cites=LOCAL_CENTRE["临时离开"],
    )
    come_back = Step(away >> ready, T("返回办案区", "Come back"), by=2 * Roles.OFFICER, cites=LOCAL_CENTRE["临时离开"])

    # ---- out ----

    wind_up = Step(
        (ready | away) >> leaving, T("办理出区", "Wind up"), by=Roles.OFFICER, unless=(room_open, interview_open), cites=LOCAL_CENTRE["出区"]
    )
    return_belongings = Step(leaving, T("退还与案件无关的物品", "Give the belongings back"), by=Roles.CENTRE_MANAGER, cites=PAP[53] + QST[32])
    forward_belongings = Step(
        leaving, T("物品随案或者随人移交", "Pass the belongings on"), by=Roles.CENTRE_MANAGER & Roles.OFFICER, cites=PAP[53] + QST[32]
    )
    belongings_kept = Ground(
        ~(return_belongings.done | forward_belongings.done), T("随身物品尚未退还或者移交", "The belongings are still here"), PAP[53] + QST[32]
    )
    release = Step(
        leaving >> released,
        T("离区", "Let go"),
        by=Roles.OFFICER & Roles.CENTRE_MANAGER,
        unless=(measure_open, belongings_kept),
        cites=PAP[68] + PSC[199] + QST[20, 21] + LOCAL_CENTRE["出区"],
    )
    hand_over = Step(
        leaving >> handed_over,
        T("送交羁押场所或者移交其他机关", "Hand over"),
        by=2 * Roles.OFFICER,
        unless=belongings_kept,
        asks=(destination,),
        cites=PSC[126, 153] + QST[21] + LOCAL_CENTRE["出区"],
    )

    # ---- time that depends on the person, or on acts of two parts ----

    questioning = Limit(
        since=Measure.bring_in,
        until=Measure.finish_questioning,
        within=hours(12).but(hours(4), when=vulnerable.is_(True)),
        title=T("继续盘问时限", "Time of the questioning"),
        extend=(
            Extension(hours(12), grant=Measure.extend_to_day, when=~vulnerable.is_(True), cites=QST[11, 17]),
            Extension(hours(24), grant=Measure.extend_to_two_days, when=~vulnerable.is_(True), cites=QST[11, 17]),
        ),
        waived=Measure.refuse_questioning,
        warn=(minutes(30),),
        cites=QST[10, 11],
    )
    first_interview = Limit(
        since=Measure.detain,
        until=Interview.begin,
        within=hours(24),
        title=T("拘留后讯问期限", "Time for the interview after detention"),
        waived=Measure.send_to_custody | Measure.lift_detention,
        cites=CrPL[86] + PSC[128],
    )
