"""异议 · One party's objection to the opinion: explained, and if it stands, answered by the expert in court."""

from __future__ import annotations

from datetime import date

from tianping.law.statutes import CPL23, EV19
from tianping.procedure import NEW, Fact, Limit, Stage, Step, T, Track, days
from tianping.procedure.contracts.roles import Roles

NO_TEXT = T("法律未规定日数，由人民法院指定", "the law gives no number of days; the court sets them")


class Objection(Track):
    """异议 · Made in writing within the time that the court set."""

    title = T("对鉴定书的异议", "Objection to the opinion")

    object_by = Fact(date, T("法院指定的异议期限", "Day set by the court for objections"))

    raised = Stage(T("待解释说明", "To be explained"), no_limit=NO_TEXT)
    explained = Stage(T("已书面答复", "Answered in writing"), no_limit=NO_TEXT)
    standing = Stage(T("待鉴定人出庭", "The expert is to appear"), no_limit=NO_TEXT)
    satisfied = Stage(T("无异议", "Satisfied"), end=True)
    waived = Stage(T("视为放弃异议", "Taken as dropped"), end=True)
    examined = Stage(T("鉴定人已出庭", "The expert was examined"), end=True)
    absent = Stage(T("鉴定人拒不出庭", "The expert did not appear"), end=True)

    raise_ = Step(NEW >> raised, T("书面提出异议", "Object in writing"), by=Roles.PARTY, asks=(object_by,), cites=EV19[37])
    explain = Step(raised >> explained, T("解释、说明或者补充", "Explain or supplement"), by=Roles.APPRAISER, cites=EV19[37])
    accept = Step(explained >> satisfied, T("接受答复", "Be content with it"), by=Roles.PARTY, cites=EV19[38])
    persist = Step(
        explained >> standing,
        T("仍有异议并预交出庭费用", "Persist, and prepay for the expert's appearance"),
        by=Roles.PARTY,
        cites=EV19[38],
    )
    drop = Step(explained >> waived, T("不预交费用视为放弃", "Not prepaid: dropped"), by=Roles.JUDGE, cites=EV19[38])
    appear = Step(standing >> examined, T("鉴定人出庭", "Appear in court"), by=Roles.APPRAISER, cites=CPL23[81] + EV19[38])
    stay_away = Step(standing >> absent, T("鉴定人拒不出庭", "Note that the expert stays away"), by=Roles.JUDGE, cites=CPL23[81])

    to_object = Limit(
        since=object_by, until=raise_, within=days(0), bars=True, title=T("法院指定的异议期限", "Time set for objections"), cites=EV19[37]
    )
