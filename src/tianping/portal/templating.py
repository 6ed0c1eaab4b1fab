"""模板 · Jinja2 with strict names: a page that speaks of something it was not given is an error, not an empty place."""

from __future__ import annotations

from typing import Any

from jinja2 import Environment, StrictUndefined


def environment(**options: Any) -> Environment:
    """The environment of every page."""
    options |= {"undefined": StrictUndefined, "trim_blocks": True, "lstrip_blocks": True, "autoescape": True}
    return Environment(**options)  # noqa: S701 — every text is escaped: it stands in the options
