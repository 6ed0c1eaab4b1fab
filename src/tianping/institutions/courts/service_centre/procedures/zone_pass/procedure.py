"""通行证 · A pass and the doors that it opens: services, hearings and offices are apart, and a visitor's pass never opens the offices."""

from __future__ import annotations

from datetime import date
from enum import Enum

from tianping.law.statutes import LOCAL_SERVICE_CENTRE
from tianping.procedure import NEW, PLAIN, Fact, Ground, Procedure, Stage, Step, T
from tianping.procedure.contracts.roles import Roles


class Holder(Enum):
    """持证人 · Whose pass it is."""

    VISITOR = "来访人"
    STAFF = "工作人员"


class Zone(Enum):
    """区域 · The three that are apart."""

    SERVICE = "诉讼服务区"
    TRIAL = "审判区"
    OFFICE = "办公区"


class ZonePass(Procedure):
    """通行证 · Issued after the security check, used at doors, handed back."""

    title = T("区域通行证", "Zone pass")
    code = "zone_pass"
    valid_from = date(2018, 1, 1)
    counting = PLAIN
    corrects = Roles.COURT_SECURITY

    holder = Fact(Holder, T("持证人", "Whose pass?"))
    checked = Fact(bool, T("是否通过安检", "Passed the security check?"))
    summoned = Fact(bool, T("是否持传票或者出庭通知", "Holds a summons or a notice of hearing?"))
    zone = Fact(Zone, T("区域", "Which zone?"))
    meeting_zone = Fact(Zone, T("会见法官的地点", "Where is the judge met?"))

    valid = Stage(T("有效", "Valid"), no_limit=T("当日有效，交回为止", "valid that day until it is handed back"))
    returned = Stage(T("已交回", "Handed back"), end=True)

    unchecked = Ground(~checked.is_(True), T("未通过安检", "The security check was not passed"), LOCAL_SERVICE_CENTRE["三分离"])
    is_visitor = holder.is_(Holder.VISITOR)
    office_closed = Ground(
        is_visitor & zone.is_(Zone.OFFICE),
        T("来访人不得进入办公区", "Visitors do not enter the offices"),
        LOCAL_SERVICE_CENTRE["三分离"],
    )
    not_summoned = Ground(
        is_visitor & zone.is_(Zone.TRIAL) & ~summoned.is_(True),
        T("没有传票或者出庭通知，不得进入审判区", "No summons, no way to the courtrooms"),
        LOCAL_SERVICE_CENTRE["三分离"],
    )
    elsewhere = Ground(
        ~meeting_zone.is_(Zone.SERVICE), T("会见法官只在诉讼服务区", "A judge is met in the service zone only"), LOCAL_SERVICE_CENTRE["三分离"]
    )

    issue = Step(
        NEW >> valid,
        T("安检发证", "Check and issue"),
        by=Roles.COURT_SECURITY,
        asks=(holder, checked, summoned),
        unless=unchecked,
        cites=LOCAL_SERVICE_CENTRE["三分离"],
    )
    open_door = Step(
        valid,
        T("刷证开门", "Open a door"),
        by=Roles.VISITOR | Roles.JUDGE | Roles.CLERK,
        asks=(zone,),
        unless=(office_closed, not_summoned),
        cites=LOCAL_SERVICE_CENTRE["三分离"],
    )
    meet = Step(
        valid,
        T("预约会见法官", "Meet a judge by appointment"),
        by=Roles.JUDGE,
        asks=(meeting_zone,),
        unless=elsewhere,
        cites=LOCAL_SERVICE_CENTRE["三分离"],
    )
    hand_back = Step(valid >> returned, T("交回", "Hand back"), by=Roles.COURT_SECURITY, cites=LOCAL_SERVICE_CENTRE["三分离"])
