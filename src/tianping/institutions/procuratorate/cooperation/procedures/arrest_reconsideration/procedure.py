"""不批捕复议复核 · The police ask for reconsideration in five days; another prosecutor decides in seven, the next higher procuratorate in fifteen."""

from __future__ import annotations

from datetime import date

from tianping.law.statutes import PPR, PSC, CrPL
from tianping.procedure import CRIMINAL, NEW, Fact, Ground, Limit, Procedure, Stage, Step, T, days
from tianping.procedure.contracts.roles import Roles

DECIDES = Roles.PROSECUTOR & Roles.CHIEF_PROSECUTOR


class ArrestReconsideration(Procedure):
    """复议复核 · One refusal of arrest."""

    title = T("不批准逮捕的复议复核", "Reconsideration of a refused arrest")
    code = "arrest_reconsideration"
    valid_from = date(2020, 9, 1)
    counting = CRIMINAL
    corrects = Roles.CHIEF | Roles.CHIEF_PROSECUTOR

    refused_on = Fact(date, T("收到不批准逮捕决定书之日", "Day the refusal came"))
    released = Fact(bool, T("在押的是否已经释放", "Was the person released, if held?"))
    same_prosecutor = Fact(bool, T("是否仍由原承办检察官审查", "Is it the prosecutor who refused?"))

    asked = Stage(T("复议中", "Under reconsideration"))
    upheld = Stage(T("复议维持", "Upheld"))
    with_upper = Stage(T("复核中", "Under review above"))
    changed = Stage(T("改为批准逮捕", "Changed: arrest approved"), end=True)
    final = Stage(T("维持不批准逮捕", "The refusal stands"), end=True)

    still_held = Ground(released.is_(False), T("须将被拘留的人立即释放", "The detained person must be released at once"), CrPL[92])
    same = Ground(same_prosecutor.is_(True), T("应当另行指派检察官审查", "Another prosecutor must review it"), PPR[290])

    ask = Step(
        NEW >> asked,
        T("要求复议", "Ask for reconsideration"),
        by=Roles.CHIEF,
        unless=still_held,
        asks=(refused_on, released),
        cites=PSC[141] + CrPL[92],
    )
    change = Step(
        asked >> changed, T("变更原决定", "Change the decision"), by=DECIDES, unless=same, asks=(same_prosecutor,), cites=PPR[290] + CrPL[92]
    )
    uphold = Step(
        asked >> upheld,
        T("维持原决定并说明理由", "Uphold it, with reasons"),
        by=DECIDES,
        unless=same,
        asks=(same_prosecutor,),
        cites=PPR[290, 291] + CrPL[92],
    )
    ask_upper = Step(upheld >> with_upper, T("提请复核", "Ask the next higher procuratorate"), by=Roles.CHIEF, cites=PSC[141] + CrPL[92])
    accept = Step(upheld >> final, T("不提请复核", "Let it stand"), by=Roles.CHIEF, cites=PSC[141])
    change_above = Step(with_upper >> changed, T("复核变更", "Changed above"), by=Roles.UPPER_PROCURATORATE, cites=PPR[291] + CrPL[92])
    uphold_above = Step(
        with_upper >> final,
        T("复核维持并说明理由", "Upheld above, with reasons"),
        by=Roles.UPPER_PROCURATORATE,
        cites=PPR[291] + CrPL[92],
    )

    to_ask = Limit(since=refused_on, until=ask, within=days(5), title=T("要求复议期限", "Five days to ask"), cites=PSC[141])
    to_decide = Limit(
        since=ask,
        until=change | uphold,
        within=days(7),
        title=T("复议决定期限", "Seven days to decide"),
        cites=PPR[290],
        warn=(days(2),),
    )
    to_ask_upper = Limit(
        since=uphold, until=ask_upper, within=days(5), waived=accept, title=T("提请复核期限", "Five days to ask above"), cites=PSC[141]
    )
    to_decide_upper = Limit(
        since=ask_upper,
        until=change_above | uphold_above,
        within=days(15),
        title=T("复核决定期限", "Fifteen days above"),
        cites=PPR[291],
        warn=(days(3),),
    )
