"""服务事项目录 · One entry of the catalogue: what is asked for, by whom it is decided, how soon it is promised, what it costs, under which text.

The ten conveniences of the report are entries too. Their text was not found, so none is shipped: the user enters them.
"""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from enum import Enum

from tianping.law.statutes import LOCAL_PERMITS
from tianping.procedure import NEW, PLAIN, Fact, Ground, Procedure, Stage, Step, T, Tally
from tianping.procedure.contracts.roles import Roles


class Class(Enum):
    """事项类别 · Which part of the catalogue."""

    TRAFFIC = "交通"
    VEHICLE = "车管"
    SPECIAL_TRADE = "特种行业"
    RESIDENCE = "居住证"
    SECURITY_SERVICE = "保安服务"
    CONVENIENCE = "便民措施"
    OTHER = "其他"


class ServiceItem(Procedure):
    """服务事项 · In the catalogue from one day to another."""

    title = T("服务事项目录", "Entry of the service catalogue")
    code = "service_item"
    valid_from = date(2018, 1, 1)
    counting = PLAIN
    corrects = Roles.COMMAND_CENTRE

    item_class = Fact(Class, T("事项类别", "Which class?"))
    item = Fact(str, T("事项名称", "Name of the service"))
    materials = Fact(str, T("所需材料", "What must be handed in?"))
    promised = Fact(int, T("承诺日数", "Promised within how many days?"))
    statutory = Fact(int, T("法定日数", "Days that the law gives"))
    fee = Fact(Decimal, T("收费（元）", "Fee, in yuan"))
    basis = Fact(str, T("依据", "Under which text?"))

    drafted = Stage(T("待公布", "Not yet published"), no_limit=T("公布前的准备，未定时限", "preparation before it is published; no time was found"))
    published = Stage(T("在目录", "In the catalogue"), no_limit=T("在目录期间不计时", "nothing is to be done while it stands"))
    withdrawn = Stage(T("已取消", "Withdrawn"), end=True)

    others = Fact(int, T("同名事项", "Entries of the same name"), known_by=Tally(drafted | published, same=(item,), within="organisation"))
    twice = Ground(others > 0, T("目录中已有同名事项", "The catalogue has it already"), LOCAL_PERMITS["目录"])
    no_basis = Ground(~basis.known(), T("没有依据的事项不得列入目录", "Nothing enters the catalogue without a text"), LOCAL_PERMITS["目录"])
    longer = Ground(promised > statutory, T("承诺日数超过法定日数", "It promises later than the law demands"), LOCAL_PERMITS["目录"])

    draft = Step(
        NEW >> drafted,
        T("拟列事项", "Draft it"),
        by=Roles.COMMAND_CENTRE,
        asks=(item_class, item, materials, fee, basis, others),
        unless=(twice, no_basis),
        cites=LOCAL_PERMITS["目录"],
    )
    publish = Step(
        drafted >> published,
        T("公布（有法定时限）", "Publish, with a time that the law gives"),
        by=Roles.COMMAND_CENTRE,
        asks=(promised, statutory),
        unless=longer,
        cites=LOCAL_PERMITS["目录", "便民"],
    )
    publish_freely = Step(
        drafted >> published,
        T("公布（未查得法定时限）", "Publish, where no time in law was found"),
        by=Roles.COMMAND_CENTRE,
        asks=(promised,),
        cites=LOCAL_PERMITS["目录", "便民"],
    )
    change = Step(
        published, T("变更材料、收费", "Change what is asked for"), by=Roles.COMMAND_CENTRE, asks=(materials, fee), cites=LOCAL_PERMITS["目录"]
    )
    withdraw = Step((drafted | published) >> withdrawn, T("取消", "Withdraw"), by=Roles.COMMAND_CENTRE, cites=LOCAL_PERMITS["目录"])
