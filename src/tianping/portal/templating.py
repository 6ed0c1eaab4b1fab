"""模板 · Jinja2 with strict names: a page that speaks of something it was not given is an error, not an empty place."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache, wraps
from typing import Any
from uuid import uuid4

from django.contrib.staticfiles import finders
from django.templatetags.static import static
from jinja2 import Environment, StrictUndefined, pass_context
from jinja2.runtime import Context
from markupsafe import Markup

from tianping.portal.house import formats
from tianping.portal.house.navigation import there
from tianping.portal.house.runs import run
from tianping.portal.house.slips import slip
from tianping.portal.house.words import spoken, t, w


def environment(**options: Any) -> Environment:
    """The environment of every page."""
    options |= {"undefined": StrictUndefined, "trim_blocks": True, "lstrip_blocks": True, "autoescape": True}
    made = Environment(**options)  # noqa: S701 — every text is escaped: it stands in the options
    made.globals |= {"t": t, "w": w, "spoken": spoken, "static": static, "vendor": vendor, "icon": icon, "once": once, "there": there}
    for name in ("day", "short_day", "instant", "iso", "number", "money", "percent", "value", "article", "titled", "embedded"):
        made.filters[name] = _when_asked(getattr(formats, name))
    made.filters |= {"slip": slip, "run": run}
    return made


def _when_asked(form: Callable[..., Any]) -> Callable[..., Any]:
    """A filter that is asked each time. Without a context Jinja would form a constant once, in the language of whoever came first."""

    @pass_context
    @wraps(form)
    def formed(_: Context, *given: Any, **how: Any) -> Any:
        return form(*given, **how)

    return formed


@cache
def vendor(name: str) -> str:
    """The address of a file that ``make assets`` puts together, or "" where it was not: the page then stands without it, and says so."""
    return static(f"vendor/{name}") if finders.find(f"vendor/{name}") else ""


def icon(name: str, more: str = "") -> Markup:
    """A picture of the sprite. It is never alone: words stand beside it, so it is hidden from those who listen."""
    return Markup('<svg class="i {}" aria-hidden="true" focusable="false"><use href="{}#{}"></use></svg>').format(more, static(SPRITE), name)


def once() -> Markup:
    """The key of a form: pressed twice, it is one act."""
    return Markup('<input type="hidden" name="key" value="{}">').format(uuid4())


SPRITE = "portal/icons.svg"
