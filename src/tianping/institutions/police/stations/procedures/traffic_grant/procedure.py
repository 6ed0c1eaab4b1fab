"""交通执法授权 · A grant of traffic powers to one officer of a station, for one class of roads, until a day: it ends by itself on the day after."""

from __future__ import annotations

from datetime import date
from enum import Enum

from tianping.law.statutes import LOCAL_STATION, RTP
from tianping.procedure import NEW, PLAIN, Fact, Ground, Limit, Procedure, Stage, Step, T, Tally, days
from tianping.procedure.contracts.roles import Roles


class Road(Enum):
    """道路等级 · The roads on which a station helps."""

    COUNTY = "县道"
    TOWNSHIP = "乡道"
    VILLAGE = "村道"


class TrafficGrant(Procedure):
    """交通执法授权 · Granted, on duty, run out or withdrawn."""

    title = T("派出所民警交通执法授权", "Traffic powers of a station's officer")
    code = "traffic_grant"
    valid_from = date(2018, 5, 1)
    counting = PLAIN
    corrects = Roles.TRAFFIC_CHIEF

    officer = Fact(str, T("被授权民警", "Officer"))
    road = Fact(Road, T("道路等级", "Class of road"))
    trained = Fact(bool, T("是否经培训考试合格", "Trained, and the exam passed?"))
    valid_until = Fact(date, T("授权截止日", "Last day of the grant"))

    granted = Stage(T("已授权", "Granted"))
    on_duty = Stage(T("在岗", "On duty"))
    expired = Stage(T("授权到期", "Run out"), end=True)
    withdrawn = Stage(T("授权收回", "Withdrawn"), end=True)

    others = Fact(
        int, T("该民警同级道路的其他有效授权", "Other grants of the officer for these roads"), known_by=Tally(granted | on_duty, same=(officer, road))
    )
    granted_already = Ground(others > 0, T("已有有效授权", "There is a grant already"), LOCAL_STATION["授权"])
    untrained = Ground(~trained.is_(True), T("未经培训考试合格", "Not trained, or the exam not passed"), RTP[5] + LOCAL_STATION["授权"])

    grant = Step(
        NEW >> granted,
        T("授权", "Grant"),
        by=Roles.TRAFFIC_CHIEF,
        asks=(officer, road, trained, valid_until, others),
        unless=(granted_already, untrained),
        cites=LOCAL_STATION["授权"] + LOCAL_STATION["道路等级"] + RTP[5],
    )
    take_post = Step(granted >> on_duty, T("到岗", "Take the post"), by=Roles.STATION_HEAD, cites=LOCAL_STATION["在岗"])
    patrol = Step(on_duty, T("路面巡逻", "Patrol the roads"), by=Roles.OFFICER, cites=LOCAL_STATION["在岗"])
    guide = Step(
        on_duty,
        T("指导劝导站、劝导员", "Guide the posts and guides of the township"),
        by=Roles.OFFICER & Roles.ROAD_GUIDE,
        cites=LOCAL_STATION["在岗"],
    )
    renew = Step(granted | on_duty, T("续期", "Renew"), by=Roles.TRAFFIC_CHIEF, asks=(valid_until,), cites=LOCAL_STATION["授权"])
    withdraw = Step((granted | on_duty) >> withdrawn, T("收回授权", "Withdraw"), by=Roles.TRAFFIC_CHIEF, cites=LOCAL_STATION["授权"])

    term = Limit(
        since=valid_until,
        until=None,
        within=days(0),
        waived=withdraw,
        target=True,
        title=T("授权期间", "Term of the grant"),
        cites=LOCAL_STATION["授权"],
    )
    expire = Step((granted | on_duty) >> expired, T("授权到期", "It runs out"), by=Roles.SYSTEM, on=term, cites=LOCAL_STATION["授权"])
