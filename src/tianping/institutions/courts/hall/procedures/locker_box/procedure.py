"""云柜箱格 · One box of a locker: in service, out of service, taken down."""

from __future__ import annotations

from datetime import date

from tianping.law.statutes import LOCAL_HALL
from tianping.procedure import NEW, PLAIN, Fact, Ground, Procedure, Stage, Step, T, Tally
from tianping.procedure.contracts.roles import Roles

STANDS = T("存续至变更，未设时限", "it stands until it is changed; no limit is set")


class LockerBox(Procedure):
    """云柜箱格 · A numbered box."""

    title = T("云柜箱格", "Box of a locker")
    code = "locker_box"
    valid_from = date(2018, 1, 1)
    counting = PLAIN
    corrects = Roles.CLERK

    box = Fact(str, T("箱格编号", "Number of the box"))

    in_service = Stage(T("可用", "In service"), no_limit=STANDS)
    out_of_service = Stage(T("停用", "Out of service"), no_limit=STANDS)
    taken_down = Stage(T("已拆除", "Taken down"), end=True)

    namesakes = Fact(int, T("同编号的箱格", "Boxes of that number"), known_by=Tally(in_service | out_of_service, same=(box,), within="organisation"))
    number_taken = Ground(namesakes > 0, T("该编号已有箱格", "There is a box of that number"), LOCAL_HALL["云柜"])

    install = Step(
        NEW >> in_service, T("登记箱格", "Enter the box"), by=Roles.CLERK, asks=(box, namesakes), unless=number_taken, cites=LOCAL_HALL["云柜"]
    )
    stop = Step(in_service >> out_of_service, T("停用", "Take out of service"), by=Roles.CLERK, cites=LOCAL_HALL["云柜"])
    resume = Step(out_of_service >> in_service, T("恢复", "Put back into service"), by=Roles.CLERK, cites=LOCAL_HALL["云柜"])
    take_down = Step((in_service | out_of_service) >> taken_down, T("拆除", "Take down"), by=Roles.CLERK, cites=LOCAL_HALL["云柜"])
