"""群众门户夹具 · A visitor with a browser without scripts: pages are read, forms are sent as they stand."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from html import unescape
from itertools import count
from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client, override_settings

from tests.portal.conftest import organisation
from tianping.casework.models import Citizen, Organisation
from tianping.law.identifiers.residents import check_character

PHONES = count(15_800_000_001)


@dataclass
class Visitor:
    """来访者 · One browser."""

    client: Client = field(default_factory=lambda: Client(enforce_csrf_checks=False))
    phone: str = ""

    def get(self, address: str, **headers: str) -> str:
        """A page that is there."""
        answer = self.client.get(address, headers=headers)
        assert answer.status_code == 200, (address, answer.status_code, answer.headers.get("Location"))
        return answer.content.decode()

    def post(self, address: str, /, **fields: Any) -> Any:
        """A form sent."""
        return self.client.post(address, fields)

    def went(self, address: str, /, **fields: Any) -> str:
        """A form sent that leads on: where to."""
        answer = self.post(address, **fields)
        assert answer.status_code == 302, (address, answer.status_code, problem(answer.content.decode()))
        return str(answer.headers["Location"])

    def enters(self, then: str = "/my/") -> None:
        """Signs in with a telephone of its own."""
        self.phone = self.phone or str(next(PHONES))
        text = self.post("/enter", phone=self.phone, next=then).content.decode()
        found = re.search(r"验证码是 (\d{6})", text)
        assert found, text
        assert self.went("/enter", phone=self.phone, code=found[1], next=then) == then

    def identified(self, name: str = "张三") -> None:
        """Says who it is."""
        number = f"14079919900101{int(self.phone[-3:]):03d}"
        assert self.went("/my/identity", name=name, number=number + check_character(number), next="/my/") == "/my/"

    @property
    def citizen(self) -> Citizen:
        """Who it is."""
        return Citizen.objects.get(phone=self.phone)


def problem(text: str) -> list[str]:
    """What a page says is wrong."""
    return [unescape(re.sub(r"<[^>]+>", " ", part)).strip() for part in re.findall(r'class="error-summary".*?</div>', text, re.S)]


def paper(name: str = "欠条.txt", body: str = "今借到") -> SimpleUploadedFile:
    return SimpleUploadedFile(name, body.encode())


@pytest.fixture(autouse=True)
def demo(tmp_path: Path) -> Iterator[None]:
    with override_settings(TIANPING_DEMO=True, TIANPING_DOCUMENTS=tmp_path / "documents"):
        yield


@pytest.fixture
def visitor(database: object) -> Visitor:
    return Visitor()


@pytest.fixture
def court(database: object) -> Organisation:
    """A basic court in a division of its own."""
    row = organisation("court_basic")
    division = f"99{uuid4().int % 10_000:04d}"
    names = {"zh": f"试{row.pk}县人民法院", "en": f"Test {row.pk} People's Court"}
    Organisation.objects.filter(pk=row.pk).update(division=division, court_code=f"试{row.pk:04d}", **names)
    row.refresh_from_db()
    return row
