"""文字与法条 · Every part has words in both languages, told apart from its neighbours; every act and number has its article."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from tianping.law.text import T
from tianping.procedure.check import refusals as no
from tianping.procedure.check.refusals import Refusal
from tianping.procedure.grammar import Fact, Ground, One, Procedure, Stage, Step, Track
from tianping.procedure.names import Named
from tianping.procedure.roles import By, Role
from tianping.procedure.time import Limit, Pause

KINDS: Final[tuple[type[Named], ...]] = (Stage, Step, Fact, Ground, Limit, Pause)
"""The kinds of parts that a reader sees by title."""
CHINESE: Final = re.compile(r"[\u4e00-\u9fff]")
ENGLISH: Final = re.compile(r"[A-Za-z]")
BOTH: Final = ("双语", "bilingual")


def tracks(procedure: type[Procedure]) -> list[type[Track]]:
    """The tracks of a procedure, the main one first."""
    return [procedure, *(part.track for part in procedure.of(One))]


def words(procedure: type[Procedure]) -> Iterator[Refusal]:
    """Titles that are missing, in one language only, or the same as another's."""
    for track in tracks(procedure):
        yield from _spoken(track.__name__, getattr(track, "title", None))
        for kind in KINDS:
            yield from _titles(track, kind)
        for stage in track.of(Stage):
            if stage.no_limit:
                yield from _spoken(f"{stage.code}.no_limit", stage.no_limit)
        for step in track.of(Step):
            yield from _by(step)


def _titles(track: type[Track], kind: type[Named]) -> Iterator[Refusal]:
    seen: dict[str, Named] = {}
    for part in track.of(kind):
        title = getattr(part, "title", None)
        yield from _spoken(part.code, title)
        if not isinstance(title, T):
            continue
        for said in dict.fromkeys((title.zh, title.en)):
            if said and said in seen and seen[said] is not part:
                yield no.DuplicateTitle(where=part.code, other=seen[said].code, title=said)
                break
            seen.setdefault(said, part)


def _spoken(where: str, title: object) -> Iterator[Refusal]:
    """Refused: no text, an empty language, Chinese without a Chinese character, English without a letter or with Chinese in it."""
    if not isinstance(title, T):
        yield no.MissingWords(where=where, lang_zh=BOTH[0], lang_en=BOTH[1])
        return
    if not CHINESE.search(title.zh):
        yield no.MissingWords(where=where, lang_zh="中文", lang_en="Chinese")
    if not ENGLISH.search(title.en) or CHINESE.search(title.en):
        yield no.MissingWords(where=where, lang_zh="英文", lang_en="English")


def _by(step: Step) -> Iterator[Refusal]:
    by: object = step.by
    sets = by.sets() if isinstance(by, By) else []
    if not sets or any(not roles or not all(role.name for role in roles) for roles in sets):
        yield no.NobodyMayAct(where=step.code)
        return
    for role in dict.fromkeys(role for roles in sets for role in roles):
        yield from _role(role)


def _role(role: Role) -> Iterator[Refusal]:
    yield from _spoken(role.code, role.title)
