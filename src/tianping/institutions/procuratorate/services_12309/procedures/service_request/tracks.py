"""各线 · What may come to the service, how, and the talks that are held about it."""

from __future__ import annotations

from enum import Enum

from tianping.law.statutes import LOCAL_12309
from tianping.procedure import CRIMINAL, NEW, Fact, Stage, Step, T, Track
from tianping.procedure.contracts.roles import Roles


class Kind(Enum):
    """来件种类 · The thirteen functions of the public platform: petitions first, then services."""

    ACCUSATION = "控告"
    CRIMINAL_APPEAL = "刑事申诉"
    CIVIL_APPEAL = "民事、行政申诉"
    COMPENSATION = "国家赔偿"
    OTHER_PETITION = "其他信访"
    ADVICE = "法律咨询"
    INFORMATION = "案件程序性信息查询"
    APPOINTMENT = "辩护与代理预约"
    CASE_NEWS = "重要案件信息"
    DOCUMENTS = "法律文书公开"
    DEPUTIES = "代表委员联络"
    SUPERVISORS = "人民监督员"
    OPINIONS = "意见箱"


class Channel(Enum):
    """渠道 · By which way it came, on the net or off it."""

    LETTER = "来信"
    VISIT = "来访"
    CALL = "来电"
    ONLINE = "网上"
    VIDEO = "视频"


class Area(Enum):
    """接待区域 · Where in the hall, or by video."""

    HALL = "大厅接待"
    ROOM = "接待室"
    VIDEO = "视频接访"
    CHIEF = "检察长接待"


class Talk(Track):
    """接待 · One talk with the person, in the hall or by video."""

    title = T("接待", "Reception")
    counting = CRIMINAL

    area = Fact(Area, T("接待区域", "Where?"))

    arranged = Stage(T("已安排", "Arranged"), no_limit=T("接待时间由双方约定", "the two sides agree on the time"))
    held = Stage(T("已接待", "Held"), end=True)
    missed = Stage(T("未到", "Nobody came"), end=True)

    arrange = Step(NEW >> arranged, T("安排接待", "Arrange a talk"), by=Roles.RECEPTION, asks=(area,), cites=LOCAL_12309["接待"])
    hold = Step(arranged >> held, T("接待", "Hold it"), by=Roles.RECEPTION | Roles.PROSECUTOR | Roles.CHIEF_PROSECUTOR, cites=LOCAL_12309["接待"])
    miss = Step(arranged >> missed, T("登记未到", "Nobody came"), by=Roles.RECEPTION, cites=LOCAL_12309["接待"])
