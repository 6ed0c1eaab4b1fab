"""登录程度 · How far somebody has come in: one factor, or all that are asked for."""

from __future__ import annotations

from enum import Enum
from typing import Final

from allauth.mfa.models import Authenticator
from django.conf import settings
from django.http import HttpRequest

from tianping.casework.models import Account

FACTORS: Final = "factors"
"""The session's entry: the factors that were shown."""
SECOND: Final = frozenset({"totp", "recovery_codes", "provider_mfa"})


class Standing(Enum):
    """登录程度 · What is still wanted: nothing, a code, or that an app be set up."""

    WHOLE = "whole"
    CODE = "code"
    SET_UP = "set_up"


def standing(request: HttpRequest, account: Account) -> Standing:
    """Where the session stands. An account with an app is always asked for its code; without one it must set it up where the setting asks for it."""
    if SECOND & set(request.session.get(FACTORS, ())):
        return Standing.WHOLE
    if has_app(account):
        return Standing.CODE
    return Standing.SET_UP if settings.TIANPING_SECOND_FACTOR else Standing.WHOLE


def has_app(account: Account) -> bool:
    """Whether a TOTP app is set up."""
    found: bool = Authenticator.objects.filter(user_id=account.pk, type=Authenticator.Type.TOTP).exists()
    return found
