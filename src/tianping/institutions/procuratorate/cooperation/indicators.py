"""警检协作指标 · Matters of cooperation by mechanism; filings supervised; refusals of arrest reviewed."""

from __future__ import annotations

from tianping.institutions.procuratorate.cooperation.procedures.arrest_reconsideration.procedure import ArrestReconsideration
from tianping.institutions.procuratorate.cooperation.procedures.cooperation.forms import Mechanism
from tianping.institutions.procuratorate.cooperation.procedures.cooperation.procedure import Cooperation
from tianping.institutions.procuratorate.cooperation.procedures.cooperation_work.procedure import CooperationWork, Opinion
from tianping.institutions.procuratorate.cooperation.procedures.filing_supervision.procedure import FilingSupervision
from tianping.law.text import T
from tianping.procedure.measures import ALL, MONTH, ORGANISATION, Indicators, Number, Per, Share, judged, late, reached

C, F, A = Cooperation, FilingSupervision, ArrestReconsideration
REPORT = T("晋中日报 2022-07-19：配套线索移交、提前介入、案件会商、挂牌督办、联合执法等协作机制", "Jinzhong Daily, 2022-07-19: five mechanisms")
RULES = T("公安机关办理刑事案件程序规定第141、182条", "Police Criminal Procedure Provisions 141, 182")
MECHANISM = Per(T("协作机制", "Mechanism"), fact=C.mechanism)
BY = (ORGANISATION, MECHANISM, MONTH)
PLACE = (ORGANISATION, MONTH)


class PoliceCooperation(Indicators):
    """警检协作 · Matters proposed and answered."""

    title = T("警检协作", "Police–procuratorate cooperation")

    matters = Number(T("协作事项数", "Matters"), C, among=ALL, by=BY, source=REPORT)
    early = Share(T("提前介入占比", "Share of early interventions"), C, of=C.mechanism.is_(Mechanism.EARLY), among=ALL, by=PLACE, source=REPORT)
    fed_back = Share(T("反馈率", "Share answered"), C, of=reached(C.fed_back), among=reached(C.out), by=BY, source=REPORT)
    listed_in_time = Share(
        T("挂牌督办按期率", "Share of listed cases in time"),
        C,
        of=~late(C.to_report),
        among=judged(C.to_report),
        by=PLACE,
        source=REPORT,
    )


class Interventions(Indicators):
    """介入意见 · Opinions given and followed."""

    title = T("介入意见", "Opinions in interventions")

    opinions = Number(T("意见数", "Opinions"), Opinion, procedure=CooperationWork, among=ALL, by=PLACE, source=REPORT)
    adopted = Share(
        T("意见采纳率", "Share followed"),
        Opinion,
        procedure=CooperationWork,
        of=Opinion.adopted.is_(True),
        among=Opinion.adopted.known(),
        by=PLACE,
        source=REPORT,
    )


class FilingWatched(Indicators):
    """立案监督 · Explanations and notices."""

    title = T("立案监督", "Supervision of filing")

    supervised = Number(T("立案监督件数", "Cases"), F, among=ALL, by=PLACE, source=RULES)
    explained_in_time = Share(
        T("七日说明按期率", "Share explained in seven days"),
        F,
        of=~late(F.to_explain),
        among=judged(F.to_explain),
        by=PLACE,
        source=RULES,
    )
    opened_in_time = Share(
        T("十五日立案按期率", "Share opened in fifteen days"),
        F,
        of=~late(F.to_open),
        among=judged(F.to_open),
        by=PLACE,
        source=RULES,
    )
    opened = Share(T("监督后立案率", "Share opened after it"), F, of=reached(F.watched), among=F.require.done, by=PLACE, source=RULES)


class Reconsidered(Indicators):
    """复议复核 · How many refusals of arrest were changed."""

    title = T("不批捕复议复核", "Reconsideration of refused arrests")

    asked = Number(T("复议件数", "Asked"), A, among=ALL, by=PLACE, source=RULES)
    changed = Share(T("变更率", "Share changed"), A, of=reached(A.changed), among=reached(A.changed | A.final), by=PLACE, source=RULES)
