"""外观 · How a visitor wants pages: language, light or dark, ordinary or large (长辈版). Kept in cookies, chosen by links, with no script."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final
from urllib.parse import parse_qsl, urlencode, urlsplit

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_safe

from tianping.law.text import Lang
from tianping.portal.arrived import LANGUAGE, language

CHOICES: Final[dict[str, tuple[str, ...]]] = {LANGUAGE: ("zh", "en"), "theme": ("auto", "light", "dark"), "size": ("normal", "large")}
"""What may be chosen; the first is what stands without a choice (for the language: what the browser asks for)."""
YEAR: Final = 365 * 24 * 3600
HALL: Final = "hall"
"""The cookie of a browser that is a machine in a hall."""


@dataclass(frozen=True, slots=True)
class Look:
    """外观 · What was chosen, and the address of the page that it was chosen for."""

    lang: Lang
    theme: str
    size: str
    here: str
    hall: bool = False
    """Whether the browser is a machine in a hall, which forgets each visitor."""

    def to(self, **changed: str) -> str:
        """The address that changes something and comes back to this page."""
        return "/look?" + urlencode({**changed, "next": self.here})


def look_of(request: HttpRequest) -> Look:
    """The look of this request's pages: ``?lang=``, else the cookies."""
    hall = request.COOKIES.get(HALL) == "1"
    theme, size = (_known(name, request.COOKIES.get(name, "")) for name in ("theme", "size"))
    if hall and not request.COOKIES.get("size"):
        size = "large"
    return Look(language(request), theme, size, _here(request.get_full_path()), hall)


@require_safe
def look(request: HttpRequest) -> HttpResponse:
    """Keeps a choice and goes back to the page."""
    answer = HttpResponseRedirect(_own(request.GET.get("next", "")))
    for name in CHOICES:
        if request.GET.get(name) in CHOICES[name]:
            _kept(answer, name, request.GET[name])
    return answer


def spoke(request: HttpRequest, answer: HttpResponse) -> None:
    """A language that stood in the address is the visitor's from now on."""
    asked = request.GET.get(LANGUAGE)
    if asked in CHOICES[LANGUAGE] and request.COOKIES.get(LANGUAGE) != asked:
        _kept(answer, LANGUAGE, asked)


def hall_kept(answer: HttpResponse) -> None:
    """From now on the browser is a machine in a hall."""
    _kept(answer, HALL, "1")


def _kept(answer: HttpResponse, name: str, value: str) -> None:
    secure = bool(settings.SESSION_COOKIE_SECURE)
    answer.set_cookie(name, value, max_age=YEAR, secure=secure, httponly=True, samesite="Lax")


def _known(name: str, value: str) -> str:
    return value if value in CHOICES[name] else CHOICES[name][0]


def _here(path: str) -> str:
    """An address without the language: the choice that follows decides."""
    parts = urlsplit(path)
    left = urlencode([(k, v) for k, v in parse_qsl(parts.query, keep_blank_values=True) if k != LANGUAGE])
    return parts.path + (f"?{left}" if left else "")


def _own(wanted: str) -> str:
    """Where to go back to, if that is one of our own pages."""
    own = url_has_allowed_host_and_scheme(wanted, allowed_hosts=None) and wanted.startswith("/")
    return wanted if own else "/"
