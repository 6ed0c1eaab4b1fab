"""办案中心登记 · One centre of the city: being built, its areas furnished, accepted, in use, out of use. How many are in use is the report's figure.

The text on how a centre is set up was not obtained: the areas are those that the centre's own procedure needs, and the user changes them.
"""

from __future__ import annotations

from datetime import date

from tianping.law.statutes import LOCAL_CENTRE
from tianping.procedure import NEW, PLAIN, Condition, Fact, Ground, Many, Procedure, Stage, Step, T, Tally, Track
from tianping.procedure.contracts.roles import Roles

NO_TEXT = T("建设、验收时限未取得原文，由使用单位配置", "no text on how long it may take was found; to be set by the user")
STANDS = T("存续至撤销", "it stands until it is given up")
SET_UP = LOCAL_CENTRE["设置"]


class Area(Track):
    """功能区 · One area of the centre; the stage says which."""

    title = T("功能区", "Area")
    counting = PLAIN

    registration = Stage(T("登记区", "Registration"), no_limit=STANDS)
    search = Stage(T("人身检查区", "Search of the person"), no_limit=STANDS)
    belongings = Stage(T("随身物品保管区", "Belongings"), no_limit=STANDS)
    data = Stage(T("信息采集区", "Taking of data"), no_limit=STANDS)
    waiting = Stage(T("候问区", "Waiting"), no_limit=STANDS)
    interview = Stage(T("讯（询）问区", "Interviews"), no_limit=STANDS)
    medical = Stage(T("医务区", "Medical"), no_limit=STANDS)
    identification = Stage(T("辨认区", "Identification"), no_limit=STANDS)
    hand_over = Stage(T("羁押移交区", "Hand-over to custody"), no_limit=STANDS)
    given_up = Stage(T("已撤销", "Given up"), end=True)

    furnish_registration = Step(NEW >> registration, T("建成登记区", "Furnish: registration"), by=Roles.CENTRE_MANAGER, cites=SET_UP)
    furnish_search = Step(NEW >> search, T("建成人身检查区", "Furnish: search of the person"), by=Roles.CENTRE_MANAGER, cites=SET_UP)
    furnish_belongings = Step(NEW >> belongings, T("建成随身物品保管区", "Furnish: belongings"), by=Roles.CENTRE_MANAGER, cites=SET_UP)
    furnish_data = Step(NEW >> data, T("建成信息采集区", "Furnish: taking of data"), by=Roles.CENTRE_MANAGER, cites=SET_UP)
    furnish_waiting = Step(NEW >> waiting, T("建成候问区", "Furnish: waiting"), by=Roles.CENTRE_MANAGER, cites=SET_UP)
    furnish_interview = Step(NEW >> interview, T("建成讯（询）问区", "Furnish: interviews"), by=Roles.CENTRE_MANAGER, cites=SET_UP)
    furnish_medical = Step(NEW >> medical, T("建成医务区", "Furnish: medical"), by=Roles.CENTRE_MANAGER, cites=SET_UP)
    furnish_identification = Step(NEW >> identification, T("建成辨认区", "Furnish: identification"), by=Roles.CENTRE_MANAGER, cites=SET_UP)
    furnish_hand_over = Step(NEW >> hand_over, T("建成羁押移交区", "Furnish: hand-over to custody"), by=Roles.CENTRE_MANAGER, cites=SET_UP)
    give_up = Step(
        (registration | search | belongings | data | waiting | interview | medical | identification | hand_over) >> given_up,
        T("撤销功能区", "Give an area up"),
        by=Roles.CENTRE_MANAGER,
        cites=SET_UP,
    )


class RegisteredCentre(Procedure):
    """办案中心登记 · One entry of the register."""

    title = T("执法办案管理中心登记", "Register of case-handling centres")
    code = "registered_centre"
    valid_from = date(2018, 1, 1)
    counting = PLAIN
    corrects = Roles.COMMAND_CENTRE

    centre = Fact(str, T("中心名称", "Name of the centre"))
    accepted_on = Fact(date, T("验收日期", "Day of acceptance"))
    areas = Many(Area)

    building = Stage(T("建设中", "Being built"), no_limit=NO_TEXT)
    accepted = Stage(T("已验收", "Accepted"), no_limit=NO_TEXT)
    in_use = Stage(T("使用中", "In use"), no_limit=T("使用期间不计时", "nothing is to be done while it is in use"))
    closed = Stage(T("已停用", "Out of use"), end=True)

    namesakes = Fact(int, T("同名的中心", "Centres of that name"), known_by=Tally(building | accepted | in_use, same=(centre,)))
    on_file = Ground(namesakes > 0, T("该中心已登记", "The centre is on file"), SET_UP)
    not_one_stop = Ground(
        ~(
            areas.any(Area.registration)
            & areas.any(Area.search)
            & areas.any(Area.belongings)
            & areas.any(Area.data)
            & areas.any(Area.waiting)
            & areas.any(Area.interview)
            & areas.any(Area.medical)
            & areas.any(Area.identification)
            & areas.any(Area.hand_over)
        ),
        T("功能区不齐，不是“一站式”", "An area is lacking: it is not one stop"),
        SET_UP,
    )

    enter = Step(
        NEW >> building, T("登记在建中心", "Enter a centre"), by=Roles.COMMAND_CENTRE, asks=(centre, namesakes), unless=on_file, cites=SET_UP
    )
    accept = Step(building >> accepted, T("验收", "Accept"), by=Roles.CHIEF, asks=(accepted_on,), unless=not_one_stop, cites=SET_UP)
    open_ = Step(accepted >> in_use, T("启用", "Put to use"), by=Roles.CENTRE_MANAGER, unless=not_one_stop, cites=SET_UP)
    close = Step((accepted | in_use) >> closed, T("停用", "Put out of use"), by=Roles.CHIEF, cites=SET_UP)

    used = Ground(open_.done & ~close.done, T("中心使用中，先停用", "It is in use: put it out of use first"), SET_UP)
    not_while_used = Condition(Area.give_up, unless=used)
