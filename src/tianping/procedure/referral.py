"""移送与委托 · Between institutions: a Matter is the contract, a Referral is a ready-made track in the sender's own log."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, ClassVar, Final

from tianping.law.citations import Citation
from tianping.law.periods import PLAIN
from tianping.law.text import T
from tianping.procedure.expressions import Bool
from tianping.procedure.grammar import NEW, Fact, Ground, Many, Stage, Step, Track
from tianping.procedure.names import Named
from tianping.procedure.roles import By, Role


class Outcome(Named):
    """结果 · One answer that a matter may have."""

    def __init__(self, title: T) -> None:
        self.title = title


class Matter:
    """委托事项 · The contract between two rooms that do not know each other: what is carried, what may come back."""

    title: ClassVar[T]

    @classmethod
    def outcomes(cls) -> list[Outcome]:
        """The answers that may come back, in the order written."""
        return [v for v in vars(cls).values() if isinstance(v, Outcome)]

    @classmethod
    def called(cls, outcome: str) -> T:
        """What an answer is called; one that the matter no longer has stands as it was written."""
        return next((o.title for o in cls.outcomes() if o.name == outcome), T(outcome, outcome))


EXCHANGE: Final = Role(T("数据交换平台", "Exchange"))
EXCHANGE.name = "EXCHANGE"


class Referral(Many):
    """委派、移送 · Sent, received, answered or sent back. The exchange writes the last three, so no engine ever joins two cases."""

    parts: ClassVar[tuple[str, ...]] = ("out", "taken", "answered", "refused", "send", "receive", "answer", "refuse")

    def __init__(
        self,
        matter: type[Matter],
        *,
        by: By,
        cites: Citation,
        carries: tuple[Fact[Any], ...] = (),
        unless: Ground | tuple[Ground, ...] = (),
        no_limit: T | str = "",
    ) -> None:
        self.matter, self.carries = matter, carries
        self.out = Stage(T("已发出", "Sent"), no_limit=no_limit)
        self.taken = Stage(T("已接收", "Received"), no_limit=no_limit)
        self.answered = Stage(T("已答复", "Answered"), end=True)
        self.refused = Stage(T("已退回", "Sent back"), end=True)
        self.outcome: Fact[str] = Fact(str, T("答复结果", "Outcome"))
        self.send = Step(NEW >> self.out, T("发出", "Send"), by=by, unless=unless, cites=cites)
        self.receive = Step(self.out >> self.taken, T("接收", "Receive"), by=EXCHANGE, cites=cites)
        self.answer = Step((self.out | self.taken) >> self.answered, T("答复", "Answer"), by=EXCHANGE, asks=(self.outcome,), cites=cites)
        self.refuse = Step((self.out | self.taken) >> self.refused, T("退回", "Send back"), by=EXCHANGE, asks=(self.outcome,), cites=cites)
        super().__init__(Track)

    def __set_name__(self, owner: type[Any], name: str) -> None:
        super().__set_name__(owner, name)
        members: dict[str, object] = {part: getattr(self, part) for part in self.parts}
        self.track = type(name, (Track,), {"title": self.matter.title, "counting": PLAIN, **members, f"{name}_outcome": self.outcome})

    @property
    def open(self) -> Bool:
        """Whether a referral is out and not yet answered."""
        return self.any(self.out | self.taken)

    @property
    def used(self) -> Bool:
        """Whether there has been a referral at all."""
        return self.any(self.out | self.taken | self.answered | self.refused)

    def heard(self, *outcomes: Outcome) -> Heard:
        """The answer, with one of these outcomes, as the cause of a system step. One that came before the referral was sent again is no cause."""
        return Heard(self, outcomes)


@dataclass(frozen=True, slots=True)
class Heard:
    """An answer that came: what a step reacts ``on``."""

    referral: Referral
    outcomes: tuple[Outcome, ...]
