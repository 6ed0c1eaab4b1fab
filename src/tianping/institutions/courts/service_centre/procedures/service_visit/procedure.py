"""窗口办理 · One visit: a number is drawn, called, handled by the first who takes it, rated. What is missing is told once."""

from __future__ import annotations

from datetime import date
from enum import Enum

from tianping.law.statutes import LOCAL_SERVICE_CENTRE, REG15
from tianping.procedure import NEW, PLAIN, Condition, Fact, Ground, Many, Procedure, Stage, Step, T, Tally, Track
from tianping.procedure.contracts.roles import Roles

BY_COURT = T("由人民法院指定补正期限", "the court sets the time to supply it")
NO_TEXT = T("未查得时限", "no limit was found")


class Rating(Enum):
    """评价 · Five levels."""

    VERY_GOOD = "非常满意"
    GOOD = "满意"
    FAIR = "基本满意"
    POOR = "不满意"
    VERY_POOR = "非常不满意"


class MaterialNotice(Track):
    """一次性告知 · One material that a person is told to supply, in writing and once."""

    title = T("补正告知", "Notice of a missing material")
    counting = PLAIN

    matter = Fact(str, T("办理事项编号", "Number of the matter"))
    material = Fact(str, T("所缺材料", "Missing material"))
    in_writing = Fact(bool, T("是否书面告知", "Was it told in writing?"))
    supply_by = Fact(date, T("指定的补正期限", "Day set to supply it"))

    told = Stage(T("已告知", "Told"), no_limit=BY_COURT)
    supplied = Stage(T("已补正", "Supplied"), end=True)
    returned = Stage(T("未补正退回", "Not supplied, returned"), end=True)

    before = Fact(
        int,
        T("同一事项已告知过同一材料", "Earlier notices of the material in the matter"),
        known_by=Tally(told | supplied | returned, same=(matter, material)),
    )
    told_twice = Ground(before > 0, T("同一材料第二次告知", "The same material is asked for a second time"), REG15[7])
    not_written = Ground(~in_writing.is_(True), T("未书面告知", "It was not told in writing"), REG15[7])

    tell = Step(
        NEW >> told,
        T("一次性书面告知补正", "Tell once what is missing"),
        by=Roles.WINDOW_CLERK | Roles.FILING_JUDGE,
        asks=(matter, material, in_writing, supply_by, before),
        unless=(told_twice, not_written),
        cites=REG15[7],
    )
    supply = Step(told >> supplied, T("收到补正材料", "Receive it"), by=Roles.WINDOW_CLERK | Roles.FILING_JUDGE, cites=REG15[7])
    give_back = Step(told >> returned, T("未补正退回诉状", "Return the papers"), by=Roles.WINDOW_CLERK | Roles.FILING_JUDGE, cites=REG15[7])


class ServiceVisit(Procedure):
    """窗口办理 · Number drawn, called, handled, rated."""

    title = T("诉讼服务窗口办理", "Visit to the service counter")
    code = "service_visit"
    valid_from = date(2018, 1, 1)
    counting = PLAIN
    corrects = Roles.FILING_JUDGE

    matter_kind = Fact(str, T("办理事项", "What is it about?"))
    counter = Fact(str, T("窗口", "Counter"))
    handler = Fact(str, T("首办人", "First handler"))
    receipt = Fact(bool, T("收到材料是否出具书面凭证", "Was a written receipt given for papers?"))
    rating = Fact(Rating, T("评价", "How do you rate it?"))

    notices = Many(MaterialNotice)

    waiting = Stage(T("已取号", "Number drawn"), no_limit=NO_TEXT)
    called = Stage(T("已叫号", "Called"), no_limit=NO_TEXT)
    handling = Stage(T("办理中", "Being handled"), no_limit=NO_TEXT)
    handled = Stage(T("已办理", "Handled"), no_limit=NO_TEXT)
    rated = Stage(T("已评价", "Rated"), end=True)
    closed = Stage(T("未评价办结", "Closed unrated"), end=True)
    missed = Stage(T("过号", "Did not come"), end=True)

    no_handler = Ground(~handler.known(), T("没有登记首办人", "No first handler is named"), LOCAL_SERVICE_CENTRE["规程"])
    no_receipt = Ground(receipt.is_(False), T("收到材料未出具书面凭证", "No written receipt was given"), REG15[2])

    draw = Step(NEW >> waiting, T("取号", "Draw a number"), by=Roles.GUIDE | Roles.VISITOR, asks=(matter_kind,), cites=LOCAL_SERVICE_CENTRE["排队"])
    call = Step(waiting >> called, T("叫号", "Call"), by=Roles.WINDOW_CLERK, asks=(counter,), cites=LOCAL_SERVICE_CENTRE["排队"])
    skip = Step(called >> missed, T("过号", "Note that nobody came"), by=Roles.WINDOW_CLERK, cites=LOCAL_SERVICE_CENTRE["排队"])
    take_up = Step(
        called >> handling,
        T("首办人受理", "Take it up"),
        by=Roles.WINDOW_CLERK,
        asks=(handler,),
        unless=no_handler,
        cites=LOCAL_SERVICE_CENTRE["规程"],
    )
    finish = Step(handling >> handled, T("办理完毕", "Finish"), by=Roles.WINDOW_CLERK, asks=(receipt,), unless=no_receipt, cites=REG15[2])
    rate = Step(handled >> rated, T("评价", "Rate"), by=Roles.VISITOR, asks=(rating,), cites=LOCAL_SERVICE_CENTRE["评价"])
    close = Step(handled >> closed, T("未评价办结", "Close unrated"), by=Roles.WINDOW_CLERK, cites=LOCAL_SERVICE_CENTRE["评价"])

    not_taken_up = Ground(~take_up.done, T("尚未受理", "It was not taken up"), LOCAL_SERVICE_CENTRE["排队"])
    told_when_taken = Condition(MaterialNotice.tell, unless=not_taken_up)
