"""预热 · What a process that serves makes before its first request: addresses, templates, definitions and the API, so that nobody waits for them."""

from __future__ import annotations

import atexit
import gc
import os
import signal
from collections.abc import Iterator
from contextlib import contextmanager
from multiprocessing import parent_process
from typing import Any

from tianping.project.settings.pages import WARM


def application() -> Any:
    """What granian serves, once everything is made. Each process of it is in a group of its own, out of reach of the terminal's Ctrl-C.

    Ctrl-C reaches every process of the terminal, and the server then also ends its own: two signals at once to one of them, which granian does not
    survive (its handler waits for itself). So a process hears from the server alone.
    """
    if parent_process() is not None:
        os.setpgid(0, 0)
    from tianping.project.wsgi import application as plain  # noqa: PLC0415 — sets Django up

    if WARM.value():
        with _stoppable():
            warmed()
    return plain


@contextmanager
def _stoppable() -> Iterator[None]:
    """A process that is told to stop meanwhile stops: what it inherited from the one that started it would only note that, and wait for ever."""
    before = {number: signal.signal(number, signal.SIG_DFL) for number in (signal.SIGTERM, signal.SIGINT)}
    try:
        yield
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)


def warmed() -> None:
    """Make everything that is made once. What stands then is never looked at by the collector again, in which most of its time would go."""
    from django.template import engines  # noqa: PLC0415 — after Django is set up
    from django.urls import get_resolver  # noqa: PLC0415

    from tianping.engines.portable.connect import connect  # noqa: PLC0415
    from tianping.portal.api.urls import the_api  # noqa: PLC0415

    gc.disable()
    try:
        assert get_resolver().url_patterns, "every face is imported"
        pages: Any = engines["jinja2"]
        for name in pages.env.list_templates(extensions=["html"]):
            pages.env.get_template(name)
        connect()  # figures are read by a library that takes a second to load
        assert the_api().urls, "every definition is compiled, every address is there"
    finally:
        gc.enable()
    gc.collect()
    gc.freeze()
    atexit.register(gc.unfreeze)  # a library that is left at the end is told of it
