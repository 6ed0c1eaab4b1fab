"""演示账号 · The sample accounts of a city that may sign in to a demonstration, all with one password that is made when it starts."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from django.contrib.auth.hashers import make_password

from tianping.casework.city.model import Pack
from tianping.casework.models import Account
from tianping.law.text import T


@dataclass(frozen=True, slots=True)
class SampleAccount:
    """演示账号 · With which name one signs in, who that is, where, and as what."""

    username: str
    name: str
    organisation: T
    title: T


def may_sign_in(pack: Pack, password: str) -> Sequence[SampleAccount]:
    """Give the sample accounts of a replayed city the password. An account that is not of a demonstration keeps its own."""
    chosen = [p for p in pack.posts if p.sign_in]
    Account.objects.filter(username__in=[p.username for p in chosen], replay=True).update(password=make_password(password))
    return [SampleAccount(p.username, p.name, pack.by_code[p.organisation].name, p.title) for p in chosen]
