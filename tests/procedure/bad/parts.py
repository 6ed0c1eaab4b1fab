"""移送之错 · Referrals without an answer."""

from __future__ import annotations

from tests.procedure.bad.drafts import ART, Built, case, draft, made
from tianping.procedure import (
    Matter,
    Outcome,
    Referral,
    Step,
    T,
)
from tianping.procedure.contracts.roles import Roles


class Favour(Matter):
    """请托 · A matter of these tests."""

    title = T("请托", "Favour")
    done = Outcome(T("已办", "Done"))


class Other(Matter):
    """别事 · Another matter of these tests."""

    title = T("别事", "Another matter")
    done = Outcome(T("办结", "Finished"))


def sending(matter: type[Matter]) -> Built:
    """A procedure that sends a matter and waits."""
    return made(draft(), favour=Referral(matter, by=Roles.CLERK, cites=ART, no_limit=T("由接收方计算", "runs with the receiver")))


@case("PRO-241")
def matter_without_outcomes(good: bool) -> Built:
    class Empty(Matter):
        """请托 · A matter without an answer."""

        title = T("请托", "Favour")

    return sending(Favour if good else Empty)


@case("PRO-242")
def outcome_of_another_matter(good: bool) -> Built:
    d = draft()
    d.favour = Referral(Favour, by=Roles.CLERK, cites=ART, no_limit=T("由接收方计算", "runs with the receiver"))
    d.react = Step(d.filed, T("收到答复", "Hear the answer"), by=Roles.SYSTEM, on=d.favour.heard(Favour.done if good else Other.done), cites=ART)
    return made(d)
