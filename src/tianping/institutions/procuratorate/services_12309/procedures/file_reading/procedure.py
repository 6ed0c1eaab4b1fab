"""阅卷预约 · A defender asks to read a file and gets a slot that nobody else has; one who is no lawyer needs leave first."""

from __future__ import annotations

from datetime import date
from enum import Enum

from tianping.law.statutes import LOCAL_12309, PPR
from tianping.procedure import CRIMINAL, NEW, Fact, Ground, Limit, Procedure, Stage, Step, T, Tally, days, working_days
from tianping.procedure.contracts.roles import Roles

AT_ONCE = T("“及时安排”，无数字；不能及时安排的三个工作日", "“in time”, without a number; three working days where it cannot be")


class Period(Enum):
    """时段 · Half a day."""

    MORNING = "上午"
    AFTERNOON = "下午"


class FileReading(Procedure):
    """阅卷预约 · Asked for, a slot, the reading."""

    title = T("律师阅卷预约", "Booking to read a file")
    code = "file_reading"
    valid_from = date(2019, 12, 30)
    counting = CRIMINAL
    corrects = Roles.CASE_MANAGEMENT

    file = Fact(str, T("案件编号", "Number of the case"))
    reader = Fact(str, T("阅卷人执业证号或者证件号", "Licence or identity of the reader"))
    under_review = Fact(bool, T("是否已进入审查起诉", "Is it under review for prosecution?"))
    slot = Fact(date, T("阅卷日期", "Day"), agenda=True)
    period = Fact(Period, T("时段", "Half day"))
    seat = Fact(str, T("阅卷席位", "Seat"))

    asked = Stage(T("待审查许可", "Leave asked for"))
    applied = Stage(T("待安排", "To be arranged"), no_limit=AT_ONCE)
    booked = Stage(T("已预约", "Booked"), no_limit=T("以约定的日期为准", "on the day that was agreed"))
    done = Stage(T("已阅卷", "Read"), end=True)
    cancelled = Stage(T("已取消", "Cancelled"), end=True)
    missed = Stage(T("未到", "Did not come"), end=True)
    denied = Stage(T("不予许可", "Leave denied"), end=True)

    on_seat = Fact(
        int,
        T("同一时段同一席位的其他预约", "Other bookings of the seat"),
        known_by=Tally(booked, same=(slot, period, seat), within="organisation"),
    )
    by_reader = Fact(int, T("同一人同一时段的其他预约", "Other bookings of the reader then"), known_by=Tally(booked, same=(reader, slot, period)))
    taken = Ground(on_seat > 0, T("该席位在该时段已被预约", "The seat is taken then"), PPR[49] + LOCAL_12309["预约"])
    busy = Ground(by_reader > 0, T("阅卷人在该时段已有预约", "The reader has a booking then"), PPR[49] + LOCAL_12309["预约"])
    too_early = Ground(under_review.is_(False), T("尚未进入审查起诉", "It is not yet under review for prosecution"), PPR[47])

    apply = Step(NEW >> applied, T("辩护律师申请阅卷", "A lawyer asks to read"), by=Roles.DEFENDER, asks=(file, reader), cites=PPR[47, 49])
    ask_leave = Step(NEW >> asked, T("其他辩护人申请许可", "Another defender asks for leave"), by=Roles.DEFENDER, asks=(file, reader), cites=PPR[48])
    permit = Step(asked >> applied, T("许可", "Give leave"), by=Roles.PROSECUTOR, cites=PPR[48])
    deny = Step(asked >> denied, T("不予许可", "Deny it"), by=Roles.PROSECUTOR, cites=PPR[48])
    explain = Step(applied, T("说明不能及时安排的原因", "Say why it cannot be at once"), by=Roles.CASE_MANAGEMENT, cites=PPR[49])
    book = Step(
        applied >> booked,
        T("预约阅卷时段", "Book a slot"),
        by=Roles.DEFENDER | Roles.CASE_MANAGEMENT,
        asks=(under_review, slot, period, seat, on_seat, by_reader),
        unless=(too_early, taken, busy),
        cites=PPR[47, 49] + LOCAL_12309["预约"],
    )
    free = Step(booked >> applied, T("改约", "Give the slot back for another"), by=Roles.DEFENDER | Roles.CASE_MANAGEMENT, cites=LOCAL_12309["预约"])
    cancel = Step((applied | booked) >> cancelled, T("取消", "Cancel"), by=Roles.DEFENDER, cites=LOCAL_12309["预约"])
    read = Step(booked >> done, T("阅卷", "Read"), by=Roles.CASE_MANAGEMENT, cites=PPR[49])
    miss = Step(booked >> missed, T("登记未到", "Did not come"), by=Roles.CASE_MANAGEMENT, cites=LOCAL_12309["预约"])

    to_permit = Limit(
        since=ask_leave,
        until=permit | deny,
        within=days(3),
        title=T("许可决定通知期限", "Three days to decide on leave"),
        cites=PPR[48],
    )
    to_arrange = Limit(
        since=explain,
        until=read,
        within=working_days(3),
        waived=cancel | miss,
        title=T("三个工作日内安排阅卷", "Three working days to let him read"),
        cites=PPR[49],
    )
