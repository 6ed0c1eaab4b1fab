"""预热 · What is made before the first request: addresses, templates, definitions and the API with its description, so that nobody waits for them.

The server makes it once, before it starts its processes: each of them begins with what the server had, and the memory for it is shared.
"""

from __future__ import annotations

import atexit
import gc
import os
import signal
from collections.abc import Callable
from functools import cache
from itertools import count
from multiprocessing import parent_process
from typing import Any

from tianping.project.settings.pages import WARM


def application() -> Any:
    """What granian serves, in each of its processes.

    Each is in a group of its own, out of reach of the terminal's Ctrl-C: it hears from the server alone, and ends before the server wonders where it
    is. Where something else (systemd without ``KillMode=mixed``) tells all of them, it hears that once.
    """
    if parent_process() is not None:
        os.setpgid(0, 0)
        for number in (signal.SIGTERM, signal.SIGINT):
            signal.signal(number, signal.SIG_DFL)  # what it inherited would only note that it is told to stop, and wait for ever
        _heard_once()
    made = plain()
    if WARM.value():
        from tianping.engines.portable.connect import connect  # noqa: PLC0415 — loaded only to serve

        warmed()
        connect()  # a figure's first reader would wait for it; it has threads, which a process does not inherit
    return made


def plain() -> Any:
    """Django's application."""
    from tianping.project.wsgi import application as made  # noqa: PLC0415 — sets Django up

    return made


@cache
def warmed() -> None:
    """Make everything that is made once. What stands then is never looked at by the collector again, in which most of its time would go."""
    from django.template import engines  # noqa: PLC0415 — after Django is set up
    from django.urls import get_resolver  # noqa: PLC0415

    from tianping.portal.api.urls import the_api  # noqa: PLC0415

    gc.disable()
    try:
        assert get_resolver().url_patterns, "every face is imported"
        pages: Any = engines["jinja2"]
        for name in pages.env.list_templates(extensions=["html"]):
            pages.env.get_template(name)
        assert the_api().urls, "every definition is compiled, every address is there"
        assert the_api().tags, "and told of"
    finally:
        gc.enable()
    gc.collect()
    gc.freeze()
    atexit.register(gc.unfreeze)  # a library that is left at the end is told of it


def _heard_once() -> None:
    """A process stops at the first word. granian's own handler, called again meanwhile, waits for itself and the process never ends."""
    from granian import _signals  # noqa: PLC0415 — loaded only to serve; there is no public place for it

    set_plain: Any = _signals.set_main_signals

    def set_once(handler: Callable[[int, object], None], *more: Any) -> None:
        words = count()

        def heard(number: int, frame: object) -> None:
            if next(words) == 0:
                handler(number, frame)

        set_plain(heard, *more)

    _signals.set_main_signals = set_once
