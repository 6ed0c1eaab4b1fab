"""办证办事指标 · In time, in one visit, and how content people were."""

from __future__ import annotations

from tianping.institutions.police.permits.procedures.permit.procedure import Permit
from tianping.institutions.police.permits.procedures.permit.tracks import Level, Rating
from tianping.institutions.police.permits.procedures.security_licence.procedure import SecurityLicence
from tianping.institutions.police.permits.procedures.service_item.procedure import Class, ServiceItem
from tianping.law.text import T
from tianping.procedure.measures import ALL, MONTH, ORGANISATION, Days, Indicators, Number, Per, Share, judged, late, reached, standing

P, S, C = Permit, SecurityLicence, ServiceItem
REPORT = T("晋中日报 2022-07-19", "Jinzhong Daily, 2022-07-19")
ITEM = Per(T("事项", "Service"), fact=P.item)
BY = (ORGANISATION, ITEM, MONTH)
DONE = P.issue.done | P.deliver.done | P.refuse.done
GOOD = Rating.level.is_(Level.VERY_GOOD) | Rating.level.is_(Level.GOOD) | Rating.level.is_(Level.FAIR)


class Permits(Indicators):
    """办证办事 · Applications."""

    title = T("办证办事", "Permits and services")

    received = Number(T("申请件数", "Applications"), P, among=ALL, by=BY, source=REPORT)
    on_time = Share(T("居住证按期制发率", "Residence permits in time"), P, of=~late(P.issue_time), among=judged(P.issue_time), by=BY, source=REPORT)
    as_promised = Share(T("承诺日办结率", "Finished by the promised day"), P, of=~late(P.promise), among=judged(P.promise), by=BY, source=REPORT)
    one_visit = Share(T("一次办结率", "Finished without completion"), P, of=~reached(P.incomplete), among=DONE, by=BY, source=REPORT)
    days = Days(T("办理天数", "Days to finish"), P, since=P.accept | P.accept_residence, until=P.issue | P.deliver, among=ALL, by=BY, source=REPORT)
    licences = Number(T("有效保安服务许可", "Security licences that stand"), S, among=standing(S.issued), by=(ORGANISATION,), source=REPORT)
    filed_late = Number(T("逾期备案", "Filed late"), S, among=late(S.to_file_in), by=(ORGANISATION,), source=REPORT)
    conveniences = Number(
        T("便民措施（目录中）", "Conveniences in the catalogue"),
        C,
        among=standing(C.published) & C.item_class.is_(Class.CONVENIENCE),
        by=(ORGANISATION,),
        source=REPORT,
    )


class Ratings(Indicators):
    """好差评 · Ratings."""

    title = T("好差评", "Ratings")

    good = Share(T("好评率", "Share content"), Rating, procedure=P, of=GOOD, among=ALL, by=(ORGANISATION,), source=REPORT)
    called_back = Share(
        T("差评按时回访率", "Bad ratings called back in time"),
        Rating,
        procedure=P,
        of=~late(Rating.to_call_back),
        among=judged(Rating.to_call_back),
        by=(ORGANISATION,),
        source=REPORT,
    )
    fixed = Share(
        T("差评按时整改率", "Bad ratings put right in time"),
        Rating,
        procedure=P,
        of=~late(Rating.to_fix),
        among=judged(Rating.to_fix),
        by=(ORGANISATION,),
        source=REPORT,
    )
