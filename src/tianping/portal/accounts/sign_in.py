"""登录 · Each way in ends in one session; each try, whatever comes of it, in one row of the security log."""

from __future__ import annotations

from typing import Final

from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal.auth import TOTP, validate_totp_code
from axes.handlers.proxy import AxesProxyHandler
from django.contrib.auth import authenticate, login, logout
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.db import transaction

from tianping.casework.models import Account
from tianping.casework.security.allowances import Rate, spend
from tianping.casework.security.audit import Kind, noted
from tianping.casework.security.codes import code_make, code_use
from tianping.casework.security.errors import BadCode
from tianping.portal.accounts.address import address
from tianping.portal.accounts.standing import FACTORS, has_app
from tianping.portal.arrived import Arrived
from tianping.portal.errors import LockedOut, NotShownHere, WeakPassword, WrongCredentials

BACKEND: Final = "django.contrib.auth.backends.ModelBackend"
SECOND_TRIES: Final = Rate(5)
"""How many codes of a second factor an account may try in a minute."""


def by_password(request: Arrived, username: str, password: str) -> Account:
    """Sign in with a password. Raises LockedOut, WrongCredentials."""
    credentials = {"username": username}
    if AxesProxyHandler.is_locked(request, credentials):
        _refused(request, Kind.LOCKED_OUT, username)
        raise LockedOut
    found = authenticate(request, username=username, password=password)
    if not isinstance(found, Account):
        _refused(request, Kind.SIGN_IN_FAILED, username)
        raise WrongCredentials
    return begun(request, found, "password")


@transaction.atomic
def begun(request: Arrived, account: Account, *factors: str) -> Account:
    """A new session of an account that showed these factors."""
    login(request, account, backend=BACKEND)
    request.session[FACTORS] = list(factors)
    request.session["seen"] = int(request.at.timestamp())
    request.account_number = account.pk
    noted(Kind.SIGNED_IN, at=request.at, actor=account.pk, subject=account.pk, address=address(request), factors=list(factors))
    return account


def ended(request: Arrived) -> None:
    """End the session."""
    number = request.user.pk if isinstance(request.user, Account) else None
    with transaction.atomic():
        logout(request)
        if number is not None:
            noted(Kind.SIGNED_OUT, at=request.at, actor=number, subject=number, address=address(request))


# ---- second factors --------------------------------------------------------------------------------------------------------------


def second_factor(request: Arrived, account: Account, code: str) -> None:
    """Show the second factor: a code of the app, or a recovery code, which is then used up. Raises WrongCredentials, TooMuch."""
    spend(f"second:{account.pk}", SECOND_TRIES, at=request.at)
    kind = _matching(account, code)
    if kind is None:
        _refused(request, Kind.SIGN_IN_FAILED, account.username)
        raise WrongCredentials
    with transaction.atomic():
        request.session.cycle_key()
        request.session[FACTORS] = [*request.session.get(FACTORS, ()), kind]
        noted(Kind.SIGNED_IN, at=request.at, actor=account.pk, subject=account.pk, address=address(request), factors=[kind])


def _matching(account: Account, code: str) -> str | None:
    with transaction.atomic():  # a recovery code is used once, also by two requests at once
        for row in Authenticator.objects.select_for_update().filter(user_id=account.pk):
            if row.type == Authenticator.Type.TOTP and TOTP(row).validate_code(code):
                return "totp"
            if row.type == Authenticator.Type.RECOVERY_CODES and RecoveryCodes(row).validate_code(code):
                return "recovery_codes"
    return None


@transaction.atomic
def app_set_up(request: Arrived, account: Account, secret: str, code: str) -> list[str]:
    """Set an app up with a first code of it, and give recovery codes, which are shown this once. Raises WrongCredentials, TooMuch."""
    if has_app(account):
        raise WrongCredentials
    spend(f"second:{account.pk}", SECOND_TRIES, at=request.at)
    if not validate_totp_code(secret, code):
        raise WrongCredentials
    TOTP.activate(account, secret)
    Authenticator.objects.filter(user_id=account.pk, type=Authenticator.Type.RECOVERY_CODES).delete()
    codes: list[str] = RecoveryCodes.activate(account).get_unused_codes()
    request.session.cycle_key()
    request.session[FACTORS] = [*request.session.get(FACTORS, ()), "totp"]
    noted(Kind.SECOND_FACTOR_SET, at=request.at, actor=account.pk, subject=account.pk, address=address(request))
    return codes


# ---- codes and passwords ---------------------------------------------------------------------------------------------------------


def shown_code(request: Arrived, username: str, *, demo: bool) -> str:
    """A code to sign in with, shown on the screen: in a demonstration, and for its invented people only. Raises NotShownHere, WrongCredentials."""
    if not demo:
        raise NotShownHere
    account = Account.objects.filter(username=username, is_active=True, replay=True).first()
    if account is None:
        raise WrongCredentials
    return code_make(account, "sign_in", by=account.pk, at=request.at, address=address(request))


def by_code(request: Arrived, username: str, code: str, *, demo: bool) -> Account:
    """Sign in with such a code. Raises NotShownHere, WrongCredentials."""
    if not demo:
        raise NotShownHere
    account = Account.objects.filter(username=username, is_active=True, replay=True).first()
    try:
        if account is None:
            raise BadCode
        code_use(account, "sign_in", code, at=request.at)
    except BadCode as error:
        _refused(request, Kind.SIGN_IN_FAILED, username)
        raise WrongCredentials from error
    return begun(request, account, "code")


def enrolled(request: Arrived, username: str, code: str, password: str) -> None:
    """Set a password with the code that the security administrator gave out. Raises WrongCredentials, WeakPassword."""
    account = Account.objects.filter(username=username, is_active=True).first()
    _strong(password, username)
    try:
        if account is None:
            raise BadCode
        code_use(account, "enrol", code, at=request.at)
    except BadCode as error:
        _refused(request, Kind.SIGN_IN_FAILED, username)
        raise WrongCredentials from error
    with transaction.atomic():
        account.set_password(password)
        account.save(update_fields=["password"])
        noted(Kind.PASSWORD_SET, at=request.at, actor=account.pk, subject=account.pk, address=address(request))


def _strong(password: str, username: str) -> None:
    try:
        validate_password(password, Account(username=username))
    except ValidationError as error:
        raise WeakPassword(rules=", ".join(sorted(e.code or "?" for e in error.error_list))) from error


def _refused(request: Arrived, kind: Kind, username: str) -> None:
    """A row about a refusal; of the name only the account that it belongs to, for it may be a password typed into the wrong field."""
    number = Account.objects.filter(username=username).values_list("pk", flat=True).first()
    noted(kind, at=request.at, actor=None, subject=number, address=address(request))
