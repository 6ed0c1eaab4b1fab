"""登录网址 · The pages of signing in, and the two addresses that an OIDC provider needs."""

from __future__ import annotations

from typing import Final

from django.urls import include, path

from tianping.portal.accounts import pages

urlpatterns: Final = [
    path("sign-in", pages.sign_in, name="account_login"),
    path("sign-in/second", pages.second, name="sign-in-second"),
    path("sign-in/enrol", pages.enrol, name="sign-in-enrol"),
    path("sign-out", pages.sign_out, name="account_logout"),
    path("accounts/", include("allauth.socialaccount.providers.openid_connect.urls")),
]
