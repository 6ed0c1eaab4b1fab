"""云柜存件 · Papers left in a box for a judge or a party: signed in, assigned, signed out. Only the scan that takes them frees the box."""

from __future__ import annotations

from datetime import date
from enum import Enum

from tianping.institutions.courts.hall.procedures.locker_box.procedure import LockerBox
from tianping.law.statutes import LOCAL_HALL, POLICY
from tianping.procedure import NEW, PLAIN, Fact, Ground, Limit, Procedure, Stage, Step, T, Tally, days
from tianping.procedure.contracts.roles import Roles

AT_BOX = T("存件过程中", "while the door is open")


class Depositor(Enum):
    """存件人 · Who leaves it."""

    PARTY = "当事人"
    COURT = "法院"
    COURIER = "快递"


class LockerItem(Procedure):
    """云柜存件 · One item, two signatures."""

    title = T("云柜存件", "Item in a locker")
    code = "locker_item"
    valid_from = date(2018, 1, 1)
    counting = PLAIN
    corrects = Roles.CLERK

    box = Fact(str, T("箱格编号", "Number of the box"))
    depositor = Fact(Depositor, T("存件人", "Who leaves it?"))
    identity_scanned = Fact(bool, T("身份码是否扫描", "Was the identity code scanned?"))
    deposit_scanned = Fact(bool, T("存件码是否扫描", "Was the deposit code scanned?"))
    recipient = Fact(str, T("收件人", "For whom?"))
    pickup_scanned = Fact(bool, T("取件是否扫码（或者核对四位码）", "Was it scanned, or the four digits given, at the pick-up?"))

    opened = Stage(T("存件中", "Being left"), no_limit=AT_BOX)
    to_assign = Stage(T("待指派", "To be assigned"))
    to_pick = Stage(T("待取件", "To be picked up"))
    overdue = Stage(T("超期待退", "Overdue, to be returned"), no_limit=T("退回由存件人取走", "the depositor takes it back"))
    picked = Stage(T("已取", "Picked up"), end=True)
    returned = Stage(T("已退回", "Returned"), end=True)
    cancelled = Stage(T("未存", "Nothing left"), end=True)

    boxes = Fact(
        int,
        T("可用的该箱格", "That box, in service"),
        known_by=Tally(LockerBox.in_service, same=((box, LockerBox.box),), within="organisation", procedure=LockerBox),
    )
    occupied = Fact(
        int, T("该箱格内的存件", "Items in the box"), known_by=Tally(opened | to_assign | to_pick | overdue, same=(box,), within="organisation")
    )
    no_box = Ground(boxes < 1, T("没有该箱格或者已停用", "There is no such box in service"), LOCAL_HALL["云柜"])
    full = Ground(occupied > 0, T("箱格内有未取的存件", "Something is in the box"), LOCAL_HALL["云柜"])
    unidentified = Ground(~identity_scanned.is_(True), T("未扫身份码", "The identity code was not scanned"), LOCAL_HALL["云柜"])
    unscanned = Ground(~deposit_scanned.is_(True), T("未扫存件码", "The deposit code was not scanned"), LOCAL_HALL["云柜"])
    not_picked = Ground(~pickup_scanned.is_(True), T("未扫码取件", "It was not scanned at the pick-up"), LOCAL_HALL["云柜"])

    open_box = Step(
        NEW >> opened,
        T("扫身份码开箱", "Open the box"),
        by=Roles.PARTY | Roles.CLERK | Roles.SERVER | Roles.JUDGE_ASSISTANT,
        asks=(box, depositor, identity_scanned, boxes, occupied),
        unless=(no_box, full, unidentified),
        cites=LOCAL_HALL["云柜"],
    )
    deposit = Step(
        opened >> to_assign,
        T("扫存件码签存", "Leave it, and sign"),
        by=Roles.PARTY | Roles.CLERK | Roles.SERVER | Roles.JUDGE_ASSISTANT,
        asks=(deposit_scanned,),
        unless=unscanned,
        cites=LOCAL_HALL["云柜"],
    )
    cancel = Step(
        opened >> cancelled,
        T("放弃存件", "Leave nothing"),
        by=Roles.PARTY | Roles.CLERK | Roles.SERVER | Roles.JUDGE_ASSISTANT,
        cites=LOCAL_HALL["云柜"],
    )
    assign = Step((to_assign | to_pick) >> to_pick, T("指派收件人", "Assign it"), by=Roles.CLERK, asks=(recipient,), cites=LOCAL_HALL["云柜"])
    pick_up = Step(
        (to_pick | overdue) >> picked,
        T("扫码签取", "Take it, and sign"),
        by=Roles.PARTY | Roles.JUDGE | Roles.JUDGE_ASSISTANT | Roles.CLERK,
        asks=(pickup_scanned,),
        unless=not_picked,
        not_by=deposit,
        cites=LOCAL_HALL["云柜"],
    )

    to_be_assigned = Limit(
        since=deposit,
        until=assign,
        within=days(1),
        target=True,
        title=T("指派的目标期限", "Target to assign it"),
        cites=LOCAL_HALL["云柜"] + POLICY["大厅时限"],
    )
    to_be_picked = Limit(
        since=assign,
        until=pick_up,
        within=days(3),
        target=True,
        title=T("取件的目标期限", "Target to pick it up"),
        cites=LOCAL_HALL["云柜"] + POLICY["大厅时限"],
    )
    fall_due = Step(to_pick >> overdue, T("超期转退回", "Overdue"), by=Roles.CLERK | Roles.SYSTEM, on=to_be_picked, cites=LOCAL_HALL["云柜"])
    take_back = Step(
        overdue >> returned,
        T("存件人扫码取回", "Take it back, scanned"),
        by=Roles.PARTY | Roles.CLERK | Roles.SERVER | Roles.JUDGE_ASSISTANT,
        asks=(pickup_scanned,),
        unless=not_picked,
        cites=LOCAL_HALL["云柜"],
    )
