"""今日的案件 · What stands at this moment in a demonstration: a few cases whose acts were so many hours ago, for what only the present shows.

A scenario file lists ``[[case]]`` tables: ``code``, ``procedure``, ``place``, ``title`` and ``steps``. A step has ``ago`` (hours), ``do``, ``by``
(role codes; one named twice is two people) and, if wanted, ``entity`` and ``facts``; ``{tomorrow}`` in an answer is the next day.
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterator, Mapping
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any, Final

from tianping.casework.city.load import Loaded
from tianping.casework.engine.brought import ImportedCase, ImportedStep
from tianping.casework.engine.facts import typed
from tianping.casework.moments import local
from tianping.casework.replay.errors import BadScenario
from tianping.procedure.registry import find
from tianping.procedure.roles import Signer
from tianping.procedure.tables import Tables, compiled

NEEDED: Final = ("code", "procedure", "place", "title", "steps")


def present_cases(path: Path, city: Loaded, at: datetime) -> Iterator[ImportedCase]:
    """The cases of a file as they stand at an instant, ready to be imported. Raises BadScenario, BadAnswer."""
    now = local(at)
    for row in tomllib.loads(path.read_text("utf-8")).get("case", ()):
        lacking = [name for name in NEEDED if name not in row] or [c for c in (row["place"],) if c not in city.organisations]
        if lacking:
            raise BadScenario(where=f"{path.name}: {row.get('code', '?')}", reason=", ".join(lacking))
        steps = row["steps"]
        tables = compiled(find(row["procedure"]).on((now - timedelta(hours=steps[0]["ago"])).date()))
        made = [_step(step, row["place"], tables, now) for step in steps]
        place = row["place"]
        yield ImportedCase(row["code"], row["procedure"], city.organisations[place], row["title"], made, city.keys[place])


def _step(row: Mapping[str, Any], place: str, tables: Tables, now: datetime) -> ImportedStep:
    roles: list[str] = row["by"]
    signers = tuple(Signer(f"{role.lower()}{roles[:n].count(role) or ''}@{place}", f"Roles.{role}") for n, role in enumerate(roles))
    facts = {name: typed(tables.facts[name][0], _said(value, now)) for name, value in row.get("facts", {}).items()}
    return ImportedStep(row["do"], now - timedelta(hours=row["ago"]), signers, row.get("entity", ""), facts)


def _said(value: object, now: datetime) -> object:
    return value.format(tomorrow=(now + timedelta(days=1)).date()) if isinstance(value, str) else value
