"""文字与法条之错 · Words and articles that are missing or wrong."""

from __future__ import annotations

from datetime import date

from tests.procedure.bad.drafts import ART, Built, case, draft, limit_by_stage, made, untyped
from tianping.law.citations import Citation, Ref, Statute
from tianping.law.statutes import CPL21, CPL23, OMR
from tianping.procedure import (
    NEW,
    Fact,
    Ground,
    Limit,
    Stage,
    Step,
    T,
    days,
)
from tianping.procedure.contracts.roles import Roles


@case("PRO-201")
def no_title(good: bool) -> Built:
    d = draft()
    return made(
        d, decide=Step(d.filed >> d.decided, T("决定", "Decide") if good else None, by=Roles.JUDGE, cites=ART, at_most=1), to_decide=limit_by_stage(d)
    )


@case("PRO-201")
def english_is_chinese(good: bool) -> Built:
    return made(draft(), title=T("小程序", "Small procedure" if good else "小程序"))


@case("PRO-201")
def reason_in_one_language(good: bool) -> Built:
    d = draft()
    reason = T("无法定期限", "the law sets none") if good else untyped("the law sets none")
    d.paused = Stage(T("待补正", "To be completed"), no_limit=reason)
    d.ask = Step(d.filed >> d.paused, T("要求补正", "Ask for more"), by=Roles.CLERK, cites=ART)
    d.amend = Step(d.paused >> d.filed, T("补正", "Complete"), by=Roles.APPLICANT, cites=ART)
    return made(d)


@case("PRO-202")
def same_title(good: bool) -> Built:
    d = draft()
    d.refuse = Step(d.filed >> d.decided, T("驳回" if good else "决定", "Dismiss"), by=Roles.JUDGE, cites=ART)
    return made(d)


@case("PRO-203")
def citation_as_text(good: bool) -> Built:
    d = draft()
    d.remind = Step(d.filed, T("催办", "Remind"), by=Roles.CLERK, cites=ART if good else untyped("CPL23 126"))
    return made(d)


@case("PRO-203")
def ground_without_article(good: bool) -> Built:
    d = draft()
    d.urgent = Fact(bool, T("是否紧急", "Is it urgent?"))
    d.calm = Ground(~d.urgent.is_(True), T("并不紧急", "It is not urgent"), ART if good else Citation(()))
    d.file = Step(NEW >> d.filed, T("收件", "File"), by=Roles.CLERK, asks=(d.urgent,), cites=ART)
    d.hasten = Step(d.filed, T("加急", "Hasten"), by=Roles.JUDGE, unless=d.calm, cites=ART)
    return made(d, to_decide=limit_by_stage(d))


@case("PRO-204")
def number_without_article(good: bool) -> Built:
    d = draft()
    return made(d, to_decide=Limit(d.file, d.decide, days(7), title=T("决定期限", "Time to decide"), cites=ART if good else untyped(None)))


@case("PRO-205")
def statute_of_ones_own(good: bool) -> Built:
    d = draft()
    mine = Statute("MINE", T("自编规定", "A rule of my own"), "MINE", date(2024, 1, 1), None, 10)
    d.remind = Step(d.filed, T("催办", "Remind"), by=Roles.CLERK, cites=ART if good else mine[3])
    return made(d)


@case("PRO-205")
def article_past_the_last(good: bool) -> Built:
    d = draft()
    d.remind = Step(d.filed, T("催办", "Remind"), by=Roles.CLERK, cites=ART if good else Citation((Ref(CPL23, "307"),)))
    return made(d)


@case("PRO-206")
def older_text_of_the_law(good: bool) -> Built:
    d = draft()
    d.remind = Step(d.filed, T("催办", "Remind"), by=Roles.CLERK, cites=ART if good else CPL21[126])
    return made(d)


@case("PRO-206")
def version_older_than_the_rules(good: bool) -> Built:
    d = draft()
    d.remind = Step(d.filed, T("催办", "Remind"), by=Roles.CLERK, cites=OMR[24])
    return made(d, valid_from=date(2022, 1, 1) if good else date(2021, 12, 31))


@case("PRO-207")
def by_nobody(good: bool) -> Built:
    d = draft()
    d.remind = Step(d.filed, T("催办", "Remind"), by=2 * Roles.CLERK if good else 0 * Roles.CLERK, cites=ART)
    return made(d)


@case("PRO-208")
def life_backwards(good: bool) -> Built:
    return made(draft(), valid_to=date(2024, 12, 31) if good else date(2023, 12, 31))


@case("PRO-209")
def a_number_for_a_period(good: bool) -> Built:
    d = draft()
    within = days(7) if good else untyped(7)
    return made(d, to_decide=Limit(d.file, d.decide, within, title=T("决定期限", "Time to decide"), cites=ART))


@case("PRO-209")
def a_text_for_a_fact(good: bool) -> Built:
    d = draft()
    asked = d.amount = Fact(bool, T("是否紧急", "Is it urgent?"))
    d.remind = Step(d.filed, T("催办", "Remind"), by=Roles.CLERK, asks=(asked if good else untyped("amount"),), cites=ART)
    return made(d)


@case("PRO-209")
def a_fact_for_a_rule(good: bool) -> Built:
    d = draft()
    d.urgent = Fact(bool, T("是否紧急", "Is it urgent?"))
    d.ground = Ground(d.urgent.is_(True) if good else untyped(d.urgent), T("紧急案件", "The case is urgent"), ART)
    d.remind = Step(d.filed, T("催办", "Remind"), by=Roles.CLERK, asks=(d.urgent,), when=d.ground, cites=ART)
    return made(d)
