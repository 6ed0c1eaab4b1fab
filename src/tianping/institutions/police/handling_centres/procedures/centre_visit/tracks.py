"""各线 · The parts of a visit: the measure under which the person is held, each interview, each stay in a room."""

from __future__ import annotations

from enum import Enum

from tianping.law.statutes import LOCAL_CENTRE, PAP, PSA25, PSC, QST, CrPL
from tianping.procedure import NEW, PLAIN, Extension, Fact, Ground, Limit, Pause, Stage, Step, T, Track, hours, minutes
from tianping.procedure.contracts.roles import Roles

ON_MEASURE = T("期限在到案措施上计算", "the limit runs on the measure under which the person is held")
AT_ONCE = T("法律要求立即办理，未定时数", "the law says at once and gives no number of hours")
APPROVED = Roles.OFFICER & (Roles.STATION_HEAD | Roles.DEPARTMENT_HEAD)
HALF_AN_HOUR = (minutes(30),)

INQUIRY_HOURS = PSA25["期限沿用2012年文本"] + PAP[69, 70]
"""The text of 2025 was not held: the hours of 2012 are kept, marked unverified; the police provision of 2019 writes the same ones."""


class Measure(Track):
    """到案措施 · One measure, from the person's arrival on. Its clock does not stop for meals, rest, doctors or a way out and back."""

    title = T("到案措施", "Measure")
    counting = PLAIN

    detention_possible = Fact(bool, T("案情复杂且依法可能行政拘留", "Complex, and is administrative detention possible?"))
    identity_hidden = Fact(bool, T("不讲真实姓名、住址，身份不明", "Does the person hide name and address?"))

    inquired = Stage(T("行政询问查证", "Administrative inquiry"))
    summoned = Stage(T("刑事传唤", "Criminal summons"))
    forced = Stage(T("拘传", "Forced appearance"))
    brought = Stage(T("带至公安机关待批继续盘问", "Brought in, questioning to be approved"), no_limit=AT_ONCE)
    questioned = Stage(T("继续盘问", "Continued questioning"))
    detained = Stage(T("已拘留待送看守所", "Detained, to be taken to the custody house"))
    inquiry_over = Stage(T("询问查证结束", "Inquiry over"), end=True)
    summons_over = Stage(T("传唤结束", "Summons over"), end=True)
    forced_over = Stage(T("拘传结束", "Forced appearance over"), end=True)
    questioning_over = Stage(T("继续盘问结束", "Questioning over"), end=True)
    in_custody = Stage(T("已送看守所", "In the custody house"), end=True)
    detention_lifted = Stage(T("拘留已撤销释放", "Detention lifted"), end=True)

    # ---- administrative ----

    inquire = Step(
        NEW >> inquired, T("传唤证传唤到案", "Arrive on a written summons"), by=APPROVED, asks=(detention_possible,), cites=PAP[67, 68, 69]
    )
    inquire_orally = Step(
        NEW >> inquired, T("口头传唤到案", "Arrive on an oral summons"), by=Roles.OFFICER, asks=(detention_possible,), cites=PAP[67, 69]
    )
    surrender = Step(NEW >> inquired, T("投案或者被扭送到案", "Come or be brought in"), by=Roles.OFFICER, asks=(detention_possible,), cites=PAP[70])
    take_over = Step(
        NEW >> inquired, T("接收移送管辖的人员", "Take over from another unit"), by=Roles.OFFICER, asks=(detention_possible,), cites=PAP[62]
    )
    reassess = Step(inquired, T("重新判断是否复杂、可能拘留", "Judge the case anew"), by=Roles.OFFICER, asks=(detention_possible,), cites=PAP[69])
    restrain = Step(inquired, T("约束至酒醒", "Restrain until sober"), by=Roles.OFFICER, cites=PAP[58])
    sober_up = Step(inquired, T("酒醒解除约束", "Sober, restraint lifted"), by=Roles.OFFICER, cites=PAP[58])
    finish_inquiry = Step(inquired >> inquiry_over, T("询问查证结束", "End the inquiry"), by=Roles.OFFICER, cites=PAP[68, 70])

    # ---- criminal ----

    call_in = Step(
        NEW >> summoned,
        T("传唤证传唤到案（刑事）", "Arrive on a written criminal summons"),
        by=Roles.OFFICER & Roles.DEPARTMENT_HEAD,
        cites=CrPL[119] + PSC[198, 199],
    )
    call_in_orally = Step(
        NEW >> summoned, T("现场口头传唤到案（刑事）", "Arrive on an oral criminal summons"), by=Roles.OFFICER, cites=CrPL[119] + PSC[199]
    )
    extend_summons = Step(
        summoned, T("批准传唤至二十四小时", "Approve twenty-four hours of summons"), by=Roles.DEPARTMENT_HEAD, cites=CrPL[119] + PSC[200]
    )
    finish_summons = Step(summoned >> summons_over, T("结束传唤", "End the summons"), by=Roles.OFFICER, cites=PSC[199, 200])
    force_in = Step(NEW >> forced, T("拘传到案", "Arrive by force"), by=Roles.OFFICER & Roles.CHIEF, cites=CrPL[119] + PSC[78, 79])
    extend_forced = Step(
        forced, T("批准拘传至二十四小时", "Approve twenty-four hours of forced appearance"), by=Roles.CHIEF, cites=CrPL[119] + PSC[80]
    )
    finish_forced = Step(forced >> forced_over, T("结束拘传", "End the forced appearance"), by=Roles.OFFICER, cites=PSC[79, 80])

    # ---- continued questioning, at a police station only ----

    bring_in = Step(
        NEW >> brought,
        T("当场盘问后带至公安机关", "Bring in after questioning on the spot"),
        by=Roles.OFFICER,
        asks=(identity_hidden,),
        cites=QST[8, 13],
    )
    approve_questioning = Step(brought >> questioned, T("批准继续盘问", "Approve the questioning"), by=Roles.STATION_HEAD, cites=QST[13, 14])
    refuse_questioning = Step(brought >> questioning_over, T("不批准继续盘问", "Refuse the questioning"), by=Roles.STATION_HEAD, cites=QST[14])
    extend_to_day = Step(questioned, T("批准盘问至二十四小时", "Approve twenty-four hours of questioning"), by=Roles.CHIEF, cites=QST[11, 17])
    clear_identity = Step(questioned, T("查清身份", "Find out who it is"), by=Roles.OFFICER, asks=(identity_hidden,), cites=QST[11, 14])
    day_not_granted = Ground(
        ~extend_to_day.done, T("不得由十二小时直接延长至四十八小时", "Twelve hours may not become forty-eight in one step"), QST[17]
    )
    identified = Ground(~identity_hidden.is_(True), T("并非不讲真实身份", "The person does not hide who he is"), QST[11])
    extend_to_two_days = Step(
        questioned,
        T("批准盘问至四十八小时", "Approve forty-eight hours of questioning"),
        by=Roles.CHIEF,
        unless=(day_not_granted, identified),
        cites=QST[11, 17],
    )
    finish_questioning = Step(questioned >> questioning_over, T("终止继续盘问", "End the questioning"), by=Roles.OFFICER, cites=QST[19, 20])

    # ---- detention ----

    detain = Step(NEW >> detained, T("宣布拘留", "Announce the detention"), by=Roles.OFFICER & Roles.CHIEF, cites=CrPL[85] + PSC[125])
    send_to_custody = Step(
        detained >> in_custody, T("看守所收押", "Received by the custody house"), by=2 * Roles.OFFICER, cites=CrPL[85] + PSC[126, 153]
    )
    lift_detention = Step(
        detained >> detention_lifted, T("不应当拘留，立即释放", "Not to be detained, released"), by=Roles.CHIEF, cites=CrPL[86] + PSC[128]
    )

    # ---- the family ----

    tell_family = Step(
        inquired | summoned | forced | brought | questioned | detained | in_custody,
        T("通知家属", "Tell the family"),
        by=Roles.OFFICER,
        cites=PAP[55, 67] + PSC[127] + QST[14],
    )
    note_obstacle = Step(
        inquired | summoned | forced | brought | questioned | detained | in_custody,
        T("注明未通知家属的原因", "Note why the family was not told"),
        by=Roles.OFFICER,
        cites=PAP[55] + PSC[127] + QST[14],
    )

    # ---- time ----

    restraint = Pause(since=restrain, until=sober_up, title=T("约束至酒醒", "Restrained until sober"), cites=PAP[58])
    inquiry = Limit(
        since=inquire | inquire_orally | surrender | take_over,
        until=finish_inquiry,
        within=hours(8).but(hours(24), when=detention_possible.is_(True)),
        title=T("询问查证时限", "Time for the inquiry"),
        excluding=(restraint,),
        warn=HALF_AN_HOUR,
        cites=INQUIRY_HOURS,
    )
    summons = Limit(
        since=call_in | call_in_orally,
        until=finish_summons,
        within=hours(12),
        title=T("传唤时限", "Time of the summons"),
        extend=(Extension(hours(12), grant=extend_summons, cites=CrPL[119] + PSC[200]),),
        warn=HALF_AN_HOUR,
        cites=CrPL[119] + PSC[200],
    )
    appearance = Limit(
        since=force_in,
        until=finish_forced,
        within=hours(12),
        title=T("拘传时限", "Time of the forced appearance"),
        extend=(Extension(hours(12), grant=extend_forced, cites=CrPL[119] + PSC[80]),),
        warn=HALF_AN_HOUR,
        cites=CrPL[119] + PSC[80],
    )
    custody_house = Limit(
        since=detain,
        until=send_to_custody,
        within=hours(24),
        title=T("拘留后送看守所期限", "Time to reach the custody house"),
        waived=lift_detention,
        warn=HALF_AN_HOUR,
        cites=CrPL[85] + PSC[126],
    )
    family = Limit(
        since=detain,
        until=tell_family,
        within=hours(24),
        title=T("拘留后通知家属期限", "Time to tell the family"),
        waived=note_obstacle | lift_detention,
        cites=CrPL[85] + PSC[127],
    )


class Interview(Track):
    """讯（询）问 · One interview, by two officers at least, closed by the person's own reading of the record."""

    title = T("讯（询）问", "Interview")
    counting = PLAIN

    grave_crime = Fact(bool, T("可能判处无期徒刑、死刑或者其他重大犯罪", "A crime punishable by life or death, or another grave one?"))
    filmed = Fact(bool, T("是否全程录音录像", "Is it recorded on film throughout?"))
    adult_present = Fact(bool, T("法定代理人、合适成年人到场或者无法到场已注明", "A guardian or suitable adult present, or noted why not?"))
    interpreter_present = Fact(bool, T("翻译或者通晓手语的人在场", "Is an interpreter present?"))

    going = Stage(T("讯（询）问中", "Under way"), no_limit=ON_MEASURE)
    done = Stage(T("笔录已核对签名", "Record signed"), end=True)
    unsigned = Stage(T("拒绝签名已注明", "Signature refused"), end=True)

    not_filmed = Ground(
        grave_crime.is_(True) & ~filmed.is_(True),
        T("重大犯罪案件讯问未录音录像", "A grave crime, and the interview is not filmed"),
        CrPL[123] + PSC[208],
    )

    begin = Step(
        NEW >> going,
        T("开始讯（询）问", "Begin"),
        by=2 * Roles.OFFICER,
        unless=not_filmed,
        asks=(grave_crime, filmed, adult_present, interpreter_present),
        cites=PAP[52, 71] + PSC[198, 202] + CrPL[118],
    )
    sign = Step(going >> done, T("核对笔录并签名", "Read the record and sign it"), by=2 * Roles.OFFICER, cites=PAP[77] + PSC[206] + CrPL[122])
    note_refusal = Step(going >> unsigned, T("注明拒绝签名", "Note that it is not signed"), by=2 * Roles.OFFICER, cites=PAP[77] + PSC[206])


class OtherRoom(Enum):
    """其他用房 · Rooms that are neither for waiting nor for interviews."""

    COLLECTION = "信息采集室"
    IDENTIFICATION = "辨认室"
    MEETING = "会见室"
    MEDICAL = "医务室"


class RoomStay(Track):
    """用房 · One stay in one room; one at a time."""

    title = T("用房", "Room stay")
    counting = PLAIN

    room = Fact(OtherRoom, T("哪一间", "Which room?"))

    interviewing = Stage(T("在讯（询）问室", "In an interview room"), no_limit=ON_MEASURE)
    waiting = Stage(T("在候问室", "In the waiting room"), no_limit=ON_MEASURE)
    elsewhere = Stage(T("在其他用房", "In another room"), no_limit=ON_MEASURE)
    left = Stage(T("已离开用房", "Left the room"), end=True)

    enter_interview = Step(NEW >> interviewing, T("进入讯（询）问室", "Enter an interview room"), by=2 * Roles.OFFICER, cites=PAP[71] + PSC[198])
    enter_waiting = Step(NEW >> waiting, T("进入候问室", "Enter the waiting room"), by=Roles.OFFICER | Roles.CENTRE_MANAGER, cites=PAP[71] + QST[30])
    enter_other = Step(
        NEW >> elsewhere, T("进入其他用房", "Enter another room"), by=Roles.OFFICER | Roles.CENTRE_MANAGER, asks=(room,), cites=LOCAL_CENTRE["用房"]
    )
    leave = Step(
        (interviewing | waiting | elsewhere) >> left,
        T("离开用房", "Leave the room"),
        by=Roles.OFFICER | Roles.CENTRE_MANAGER,
        cites=LOCAL_CENTRE["用房"],
    )


class AlarmKind(Enum):
    """报警种类 · What set the alarm off."""

    TAMPER = "手环拆卸"
    SOS = "求助按钮"
    STAY = "滞留"


class Alarm(Track):
    """办案区报警 · One alarm of a wristband or a room, until somebody has attended to it."""

    title = T("办案区报警", "Alarm in the area")
    counting = PLAIN

    alarm = Fact(AlarmKind, T("报警种类", "What set it off?"))
    cause = Fact(str, T("处理情况", "What was it?"))

    raised = Stage(T("已报警", "Raised"), no_limit=AT_ONCE)
    attended = Stage(T("已处理", "Attended to"), end=True)

    raise_ = Step(NEW >> raised, T("报警", "An alarm is raised"), by=Roles.SYSTEM | Roles.CENTRE_MANAGER, asks=(alarm,), cites=LOCAL_CENTRE["报警"])
    attend = Step(
        raised >> attended, T("到场处理", "Attend to it"), by=Roles.OFFICER | Roles.CENTRE_MANAGER, asks=(cause,), cites=LOCAL_CENTRE["报警"]
    )
