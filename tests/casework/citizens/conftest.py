"""群众夹具 · A court with a filing judge, and citizens who have shown their telephones."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from itertools import count
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from django.test import override_settings

from tests.casework.conftest import actor_of
from tests.casework.handling.conftest import unit_of
from tianping.casework.citizens.people import identity_written
from tianping.casework.engine.actors import Actor
from tianping.casework.models import Citizen, Organisation
from tianping.law.identifiers.residents import check_character

AT = datetime(2026, 3, 2, 10, tzinfo=ZoneInfo("Asia/Shanghai"))
PHONES = count(13_900_000_001)


def number_of(n: int, born: str = "19900101") -> str:
    """A number of nobody's: the division does not exist."""
    first = f"140799{born}{n % 1000:03d}"
    return first + check_character(first)


def citizen(name: str = "", *, phone: str = "") -> Citizen:
    made = Citizen.objects.create(phone=phone or str(next(PHONES)), made=AT)
    if name:
        identity_written(made, name, number_of(made.pk), "counter", at=AT)
    return made


@dataclass(frozen=True, slots=True)
class Court:
    """A court and its filing judge."""

    organisation: Organisation
    judge: Actor


@pytest.fixture
def court(database: object) -> Court:
    row = unit_of("试点法院")
    Organisation.objects.filter(pk=row.pk).update(court_code=f"晋{row.pk:06d}", kind="court_basic")
    return Court(row, actor_of(row, "FILING_JUDGE", "JUDGE", "CLERK", "MEDIATOR", "RECEPTION"))


@pytest.fixture(autouse=True)
def documents(tmp_path: Path) -> Iterator[Path]:
    with override_settings(TIANPING_DOCUMENTS=tmp_path / "documents"):
        yield tmp_path / "documents"
