"""请求模型 · The body of each step: its answers, and what else that step needs — an object, signatures, receivers — and nothing more."""

from __future__ import annotations

from functools import cache
from typing import Annotated, Any, Final, Literal

from pydantic import Field, create_model
from pydantic.types import StrictStr

from tianping.casework.engine.actors import PARTIES
from tianping.portal.api.facts import facts_model
from tianping.portal.api.kinds import Asked, Code, Instant, Line, Number, described
from tianping.portal.api.offered import Offered

Entity = Annotated[Line, Field(max_length=80)]
Signature = Annotated[StrictStr, Field(max_length=1000, pattern=r"^[A-Za-z0-9_:.=-]+$")]
DONE: Final = "某年某月某日某时发生，默认为此刻 · when it happened, by default now"


@cache
def step_model(offered: Offered) -> type[Asked]:
    """The body of a step that moves a case."""
    return _model(offered.named, offered, _common(offered) | _moving(offered))


@cache
def opening_model(offered: Offered) -> type[Asked]:
    """The body of a step that opens a case."""
    opening = {
        "title": (Line, described("案由标题", "title of the case")),
        "source": (Code | None, described("来源（平台、热线、窗口）的代号", "code of the source: platform, hotline, window", default=None)),
    }
    return _model(f"{offered.named}-open", offered, opening | _first(offered))


@cache
def taking_model(offered: Offered) -> type[Asked]:
    """The body of a step that opens a case by taking a matter: title and source come with the matter."""
    opening = {"title": (Line | None, described("案由标题，默认同来件", "title; by default the sender's", default=None))}
    return _model(f"{offered.named}-take", offered, opening | _first(offered))


@cache
def _facts(offered: Offered) -> type[Asked]:
    """One model, whichever way the step is taken."""
    return facts_model(f"{offered.named}-facts", offered.facts)


@cache
def _receivers(offered: Offered) -> type[Asked]:
    parts: dict[str, Any] = {
        part: (Number | None, described(f"{title.zh}：受托机构编号", f"{title.en}: number of the institution", default=None))
        for part, title in offered.parts.items()
    }
    made: type[Asked] = create_model(f"{offered.named}-receivers", __base__=Asked, **parts)
    return made


def _model(name: str, offered: Offered, fields: dict[str, Any]) -> type[Asked]:
    words = f"{offered.step.words.zh} · {offered.step.words.en}"
    made: type[Asked] = create_model(name, __base__=Asked, __doc__=words, **fields)
    return made


def _common(offered: Offered) -> dict[str, Any]:
    fields: dict[str, Any] = {
        "happened": (Instant | None, Field(default=None, description=DONE)),
        "role": (Literal[tuple(offered.roles)] | None, described("以何角色办理", "the role to take it in", default=None)),
    }
    if offered.facts:
        facts = _facts(offered)
        fields["facts"] = (facts, Field(default_factory=facts, description="要素 · answers"))
    if offered.parts:
        fields["receivers"] = (_receivers(offered), Field(default=None))
    return fields


def _first(offered: Offered) -> dict[str, Any]:
    """Of a first step: there are no parties yet, so who applied on paper is named by role."""
    on_paper = [r for r in offered.roles if r in PARTIES]
    if not on_paper:
        return _common(offered)
    words = described("在申请书上签名的人，以何身份", "who signed the application on paper, by role", default=[], max_length=8)
    return _common(offered) | {"papers": (list[Literal[tuple(on_paper)]], words)}  # type: ignore[misc]  # made of names


def _moving(offered: Offered) -> dict[str, Any]:
    fields: dict[str, Any] = {}
    if offered.joint:
        words = described("共同办理人的签署", "co-signatures, as given by …/signatures", default=[], max_length=8)
        fields["signatures"] = (list[Signature], words)
    if offered.many:
        fields["entity"] = (Entity, described("对象（嫌疑人、渠道、物品……）的编号", "the run it is about: suspect, channel, item …"))
    if PARTIES & set(offered.roles):
        words = described("在纸质材料上签署的当事人编号", "numbers of the parties who signed on paper", default=[], max_length=20)
        fields["parties"] = (list[Number], words)
    if offered.into:
        fields["into"] = (Number | None, described("并入的案件编号", "number of the case that it goes into", default=None))
    return fields
