"""成批的故事 · Figures of the report that are so many cases of one kind: each story says how many, where, when and by which steps.

A scenario file lists ``[[story]]`` tables: ``code``, ``report`` (the words that state the number), ``procedure``, ``count``, ``kinds`` or ``over``
(the institutions, filled in turn), ``first`` and ``last`` day, ``a_day`` (so many cases of an institution on each day from the first, instead of a
day drawn), ``title``, ``source``, ``figure``, ``steps``. A step has ``do``, ``by`` (role codes; one named twice is two people) and, if wanted,
``entity``, ``gap`` (days after the one before, one number or two to draw between), ``facts``, ``times`` (so many runs: ``{k}``), ``only`` (just the
first so many cases). In an answer ``{n}`` is the case's number within its institution, ``{i}`` its number in the story (``{no}``: from one),
``{place}`` the institution, ``{today}`` the day of the step. A list is drawn from; ``{ turn = [...] }``, for a gap too, is taken from in turn, so
that a mean comes out exactly. Everything else is drawn with the file's seed, so the same file gives the same cases.
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from pathlib import Path
from random import Random
from typing import Any, Final

from tianping.casework.city.load import Loaded
from tianping.casework.city.model import Pack
from tianping.casework.engine.facts import typed
from tianping.casework.engine.importing import ImportedCase, ImportedStep
from tianping.casework.replay.errors import BadScenario, UnlawfulPath
from tianping.law.errors import TianpingError
from tianping.procedure.registry import Folder, find
from tianping.procedure.roles import Signer
from tianping.procedure.tables import Tables, compiled

OPENS: Final = 9 * 60
CLOSES: Final = 17 * 60
NEEDED: Final = ("code", "procedure", "count", "first", "last", "title", "steps")


@dataclass(frozen=True, slots=True)
class Story:
    """一类案件 · So many cases of one kind, as the file says them.

    ``report``: the words of the report that state the number. ``figure``: the indicator that shows it, ``where``, and how much ``each`` case counts.
    """

    code: str
    report: str
    procedure: str
    count: int
    places: tuple[str, ...]
    first: date
    last: date
    title: str
    source: str
    steps: tuple[Mapping[str, Any], ...]
    figure: Mapping[str, Any]
    a_day: int = 0


def read_stories(path: Path, pack: Pack) -> tuple[int, tuple[Story, ...]]:
    """(seed, stories) of a file. Raises BadScenario."""
    data = tomllib.loads(path.read_text("utf-8"))
    return data.get("seed", 0), tuple(_story(path.name, row, pack) for row in data.get("story", ()))


def _story(where: str, row: Mapping[str, Any], pack: Pack) -> Story:
    lacking = [name for name in NEEDED if name not in row]
    if lacking:
        raise BadScenario(where=f"{where}: {row.get('code', '?')}", reason=", ".join(lacking))
    kinds = row.get("kinds", ())
    places = tuple(row.get("over", ())) or tuple(o.code for o in pack.organisations if o.kind in kinds and o.valid_to is None)
    strange = [code for code in places if code not in pack.by_code]
    if strange or not places:
        raise BadScenario(where=f"{where}: {row['code']}", reason=", ".join(strange) or "kinds, over")
    said = (row["first"], row["last"], row["title"], row.get("source", ""), tuple(row["steps"]), row.get("figure", {}), row.get("a_day", 0))
    return Story(row["code"], row.get("report", ""), row["procedure"], row["count"], places, *said)


def imported_stories(stories: Sequence[Story], seed: int, city: Loaded) -> Iterator[ImportedCase]:
    """The cases of some stories, ready to be imported. Raises UnlawfulPath, BadAnswer."""
    for story in stories:
        folder = find(story.procedure)
        for i in range(story.count):
            yield _Teller(story, folder, seed, i).case(city)


class _Teller:
    """One case of a story."""

    def __init__(self, story: Story, folder: Folder, seed: int, i: int) -> None:
        self.story, self.i, self.n = story, i, i // len(story.places)
        self.place = story.places[i % len(story.places)]
        self.random = Random(f"{seed}/{story.code}/{i}")  # noqa: S311 — sample data, no secret
        after = self.n // story.a_day if story.a_day else self.random.randint(0, max(0, (story.last - story.first).days))
        self.now = datetime.combine(story.first + timedelta(days=after), datetime.min.time())
        self.now += timedelta(minutes=self.random.randint(OPENS, CLOSES))
        self.tables: Tables = compiled(folder.on(self.now.date()))

    def case(self, city: Loaded) -> ImportedCase:
        """The case with its steps in their order of time."""
        steps = [made for row in self.story.steps if self.i < row.get("only", self.story.count) for made in self._steps(row)]
        key = f"{self.story.code}-{self.i}"
        title = self.story.title.format(i=self.i + 1, n=self.n + 1)
        place = (city.organisations[self.place], title, steps, city.keys[self.place])
        return ImportedCase(key, self.story.procedure, *place, self.story.source)

    def _steps(self, row: Mapping[str, Any]) -> Iterator[ImportedStep]:
        for k in range(1, row.get("times", 1) + 1):
            self._pass(row.get("gap", 0))
            entity = str(row.get("entity", "")).format(k=k)
            signers = tuple(Signer(self._name(row["by"], at), f"Roles.{role}") for at, role in enumerate(row["by"]))
            yield ImportedStep(row["do"], self.now, signers, entity, self._facts(row, k))

    def _name(self, roles: Sequence[str], at: int) -> str:
        before = roles[:at].count(roles[at])
        return f"{roles[at].lower()}{before + 1 if before else ''}@{self.place}"

    def _pass(self, gap: int | list[int] | Mapping[str, list[int]]) -> None:
        days = self.random.randint(*gap) if isinstance(gap, list) else self._turn(gap)
        self.now += timedelta(days=days, minutes=1)

    def _facts(self, row: Mapping[str, Any], k: int) -> dict[str, object]:
        if row["do"] not in self.tables.by_step:
            raise UnlawfulPath(path=self.story.code, step=row["do"], reason=self.story.procedure)
        out: dict[str, object] = {}
        for name, said in row.get("facts", {}).items():
            if name not in self.tables.facts:
                raise UnlawfulPath(path=self.story.code, step=row["do"], reason=name)
            out[name] = self._answer(name, said, k)
        return out

    def _turn(self, said: Any) -> Any:
        return said["turn"][self.n % len(said["turn"])] if isinstance(said, Mapping) else said

    def _answer(self, name: str, said: Any, k: int) -> object:
        given = self.random.choice(said) if isinstance(said, list) else self._turn(said)
        fact = self.tables.facts[name][0]
        if isinstance(given, str) and "{" in given:
            given = given.format(n=self.n, i=self.i, no=self.i + 1, k=k, place=self.place, today=self.now.date())
            given = int(given) if fact.kind is int else given
        try:
            return typed(fact, given)
        except TianpingError as error:
            raise UnlawfulPath(path=self.story.code, step=_asker(self.story, name), reason=error.message.zh) from error


def _asker(story: Story, fact: str) -> str:
    return next((str(row["do"]) for row in story.steps if fact in row.get("facts", {})), fact)
