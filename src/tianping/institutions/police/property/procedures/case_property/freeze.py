"""冻结 · One frozen account or holding: how long, who may renew, and what happens if nobody does."""

from __future__ import annotations

from enum import Enum

from tianping.law.statutes import PSC, CrPL
from tianping.procedure import CRIMINAL, NEW, Fact, Ground, Limit, Stage, Step, T, Track, days, months, years
from tianping.procedure.contracts.roles import Roles


class Asset(Enum):
    """财产种类 · What is frozen; it decides the length (PSC 243–245)."""

    FUNDS = "存款、汇款、交易结算资金等"
    SECURITIES = "债券、股票、基金份额等"
    EQUITY = "股权、保单权益或者投资权益"


class Freeze(Track):
    """冻结财产 · Frozen until lifted or lapsed; each renewal begins a new period of the same greatest length."""

    title = T("冻结财产", "Frozen property")
    counting = CRIMINAL

    asset = Fact(Asset, T("财产种类", "What is frozen?"))
    major = Fact(bool, T("是否重大、复杂案件", "Is the case grave or complex?"))

    frozen = Stage(T("已冻结", "Frozen"))
    lifted = Stage(T("已解除冻结", "Lifted"), end=True)
    lapsed = Stage(T("逾期自动解除", "Lapsed"), end=True)
    dealt_with = Stage(T("已按裁判处理", "Dealt with as judged"), end=True)

    needs_city = Ground(
        asset.is_(Asset.EQUITY) | (asset.is_(Asset.FUNDS) & major.is_(True)),
        T("须经设区的市一级以上公安机关负责人批准", "The head of a city's police must approve"),
        PSC[239, 243],
    )
    freeze = Step(NEW >> frozen, T("冻结", "Freeze"), by=Roles.CHIEF, unless=needs_city, asks=(asset, major), cites=CrPL[144] + PSC[237, 239])
    freeze_by_city = Step(
        NEW >> frozen,
        T("经市级批准冻结", "Freeze with the city's approval"),
        by=Roles.UPPER_POLICE,
        when=needs_city,
        asks=(asset, major),
        cites=CrPL[144] + PSC[237, 239, 243],
    )
    renew = Step(frozen, T("继续冻结", "Renew"), by=Roles.CHIEF, unless=needs_city, cites=PSC[240, 243, 244])
    renew_by_city = Step(
        frozen, T("经市级批准继续冻结", "Renew with the city's approval"), by=Roles.UPPER_POLICE, when=needs_city, cites=PSC[240, 243, 245]
    )
    find_unrelated = Step(frozen, T("查明与案件无关", "Found unrelated"), by=Roles.OFFICER, at_most=1, cites=CrPL[145] + PSC[247])
    lift = Step(frozen >> lifted, T("解除冻结", "Lift"), by=Roles.CHIEF | Roles.UPPER_POLICE, cites=CrPL[145] + PSC[241, 247])
    carry_out = Step(frozen >> dealt_with, T("按生效裁判处理", "Do as judged"), by=Roles.CHIEF, cites=CrPL[245] + PSC[288])

    term = Limit(
        since=freeze | freeze_by_city | renew | renew_by_city,
        until=None,
        waived=lift | carry_out,
        within=months(6).but(years(2), when=asset.is_(Asset.SECURITIES)).but(years(1), when=asset.is_(Asset.FUNDS) & major.is_(True)),
        title=T("冻结期限", "Time of the freeze"),
        warn=(days(7),),
        cites=PSC[243, 244, 245],
    )
    lapse = Step(frozen >> lapsed, T("逾期未续，视为解除", "Not renewed: lifted by law"), by=Roles.SYSTEM, on=term, cites=PSC[240])
    to_lift = Limit(
        since=find_unrelated,
        until=lift | lapse,
        waived=carry_out,
        within=days(3),
        title=T("解除无关冻结期限", "Time to lift what is unrelated"),
        cites=CrPL[145] + PSC[240, 247],
    )
