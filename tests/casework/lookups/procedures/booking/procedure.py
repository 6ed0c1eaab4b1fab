"""预约 · A slot that one case holds at a time, and a room that holds at most ten people: what the tests count over."""

from __future__ import annotations

from datetime import date

from tianping.law.statutes import LOCAL_110
from tianping.procedure import NEW, Fact, Ground, Many, Procedure, Stage, Step, T, Tally, Track
from tianping.procedure.contracts.roles import Roles

WHY = LOCAL_110["派警"]
NONE = T("未定时限", "no limit is set")


class Guest(Track):
    """来访者 · Somebody who wears a numbered band."""

    title = T("来访者", "Guest")
    band = Fact(str, T("手环号", "Number of the band"))
    inside = Stage(T("在场", "Inside"), no_limit=NONE)
    gone = Stage(T("已离开", "Gone"), end=True)
    worn = Fact(int, T("佩戴同号手环的其他人", "Others who wear the band"), known_by=Tally(inside, same=(band,)))
    worn_already = Ground(worn > 0, T("该手环已有人佩戴", "Somebody wears the band"), WHY)
    enter = Step(NEW >> inside, T("进入", "Enter"), by=Roles.CLERK, asks=(band, worn), unless=worn_already, cites=WHY)
    leave = Step(inside >> gone, T("离开", "Leave"), by=Roles.CLERK, cites=WHY)


class Booking(Procedure):
    """预约 · Held, then released."""

    title = T("预约", "Booking")
    code = "booking"
    valid_from = date(2020, 1, 1)
    corrects = Roles.CLERK

    slot = Fact(str, T("时段", "Slot"))
    people = Fact(int, T("人数", "How many people?"))
    guests = Many(Guest)
    held = Stage(T("已约", "Held"), no_limit=NONE)
    released = Stage(T("已取消", "Released"), end=True)
    same_slot = Fact(int, T("同一时段的其他预约", "Other bookings of the slot"), known_by=Tally(held, same=(slot,)))
    in_room = Fact(int, T("本院已约人数", "People booked here"), known_by=Tally(held, sums=people, within="organisation"))
    taken = Ground(same_slot > 0, T("该时段已被预约", "The slot is taken"), WHY)
    full = Ground(in_room + people > 10, T("人数已满", "The room is full"), WHY)
    book = Step(NEW >> held, T("预约", "Book"), by=Roles.CLERK, asks=(slot, people, same_slot, in_room), unless=(taken, full), cites=WHY)
    release = Step(held >> released, T("取消", "Release"), by=Roles.CLERK, cites=WHY)
