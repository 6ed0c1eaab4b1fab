"""适配 · How allauth is told to keep to our rules: no accounts from outside, a provider's user only by name, secrets encrypted at rest."""

from __future__ import annotations

import base64
import hashlib
from typing import Any, cast

from allauth.account.adapter import DefaultAccountAdapter
from allauth.core.exceptions import ImmediateHttpResponse
from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.socialaccount.adapter import DefaultSocialAccountAdapter
from allauth.socialaccount.models import SocialLogin
from cryptography.fernet import Fernet
from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect

from tianping.casework.models import Account
from tianping.casework.security.audit import Kind, noted
from tianping.portal.accounts.address import address
from tianping.portal.arrived import Arrived

REFUSED = "/sign-in?problem=provider"


class Accounts(DefaultAccountAdapter):
    """账号适配 · Sessions begin in our own way; nobody signs up."""

    def is_open_for_signup(self, request: HttpRequest) -> bool:  # noqa: ARG002 — allauth's own signature
        """Never: accounts are the system administrator's."""
        return False

    def get_login_stages(self) -> list[str]:
        """None: the door itself asks for the second factor."""
        return []

    def login(self, request: HttpRequest, user: Account) -> None:
        """The session of somebody whom a provider vouched for; ``amr`` says whether it asked for two factors (RFC 8176)."""
        from tianping.portal.accounts.sign_in import begun  # noqa: PLC0415 — that module reads models, this one is named in settings

        more = ["provider_mfa"] if getattr(request, "provider_mfa", False) else []
        begun(cast(Arrived, request), user, "provider", *more)

    def post_login(self, request: HttpRequest, user: Account, *, redirect_url: str | None, **more: Any) -> HttpResponse:  # noqa: ARG002 — allauth's own
        """On as after a password: to the second factor, the page that was wanted, or the face of the post."""
        from tianping.portal.accounts.onward import onward  # noqa: PLC0415 — that module reads models, this one is named in settings

        return onward(cast(Arrived, request), user, redirect_url)


class Providers(DefaultSocialAccountAdapter):
    """统一身份认证适配 · A provider's user is the account that its claim names, if there is one; it makes none."""

    def is_open_for_signup(self, request: HttpRequest, sociallogin: SocialLogin) -> bool:  # noqa: ARG002 — allauth's own signature
        """Never."""
        return False

    def populate_user(self, request: HttpRequest, sociallogin: SocialLogin, data: dict[str, Any]) -> Any:  # noqa: ARG002 — allauth's own signature
        """Nothing of the provider's data becomes an account's."""
        return sociallogin.user

    def pre_social_login(self, request: HttpRequest, sociallogin: SocialLogin) -> None:
        """Find the account. An administrator never comes in through a provider: the three are this system's own."""
        claims: dict[str, Any] = sociallogin.account.extra_data
        claims = {**claims.get("userinfo", {}), **claims.get("id_token", {}), **{k: v for k, v in claims.items() if not isinstance(v, dict)}}
        account = sociallogin.user if sociallogin.is_existing else None
        if account is None:
            name = claims.get(settings.TIANPING_OIDC_CLAIM)
            account = Account.objects.filter(username=name).first() if isinstance(name, str) and name else None
        if not isinstance(account, Account) or not account.is_active or account.administrator:
            self._refused(request, account)
        assert isinstance(account, Account)
        request.provider_mfa = "mfa" in (claims.get("amr") or ())  # type: ignore[attr-defined]  # read by Accounts.login
        if not sociallogin.is_existing:
            sociallogin.connect(request, account)

    def on_authentication_error(self, request: HttpRequest, provider: Any, **more: Any) -> None:  # noqa: ARG002 — allauth's own signature
        """Whatever went wrong at the provider: back to our own page."""
        self._refused(request, None)

    def _refused(self, request: HttpRequest, account: object) -> None:
        number = account.pk if isinstance(account, Account) else None
        noted(Kind.SIGN_IN_FAILED, at=cast(Arrived, request).at, actor=None, subject=number, address=address(request), way="provider")
        raise ImmediateHttpResponse(HttpResponseRedirect(REFUSED))


class SecondFactors(DefaultMFAAdapter):
    """第二因素适配 · The secrets of apps and recovery codes are encrypted with the installation's key."""

    def encrypt(self, text: str) -> str:
        """As it is kept."""
        return _cipher().encrypt(text.encode()).decode()

    def decrypt(self, encrypted_text: str) -> str:
        """As it is used."""
        return _cipher().decrypt(encrypted_text.encode()).decode()

    def get_totp_label(self, user: Account) -> str:
        """What the app shows."""
        return user.username


def _cipher() -> Fernet:
    key = hashlib.blake2b(settings.SECRET_KEY.encode(), digest_size=32, person=b"second factors").digest()
    return Fernet(base64.urlsafe_b64encode(key))
