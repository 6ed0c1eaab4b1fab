"""演示的机器人 · The robot of a demonstration: it stands on this machine, so that messages go their whole way and nothing leaves the house."""

from __future__ import annotations

import os
import secrets
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from typing import Final

NAME: Final = "demo"
ORGANISATION: Final = "police.yuci"
"""Whose notices it gets: the cases of today are theirs."""
FILE: Final = """[[robot]]
name = "{name}"
organisation = "{organisation}"
url = "dingtalk://{secret}@{token}"
kinds = ["alarm", "warning", "digest"]
link = "{link}"
gateway = "{gateway}"
"""


@contextmanager
def robot_beside(link: str) -> Iterator[None]:
    """A robot while something is served, entered as the installation's own; if robots are entered already, it is theirs to hear."""
    if os.environ.get("TIANPING_ROBOTS"):
        yield
        return
    from tianping.casework.alarms.receiver import Receiver, listening  # noqa: PLC0415 — loaded only to serve
    from tianping.project.settings.database import VAR  # noqa: PLC0415 — settings are read when they are loaded: a demonstration sets some first

    receiver = Receiver(secrets.token_hex(16), secrets.token_hex(16), lambda: datetime.now(UTC))
    with listening(receiver) as gateway:
        file = VAR.value() / "demo-robot.toml"
        told = {"name": NAME, "organisation": ORGANISATION, "secret": receiver.secret, "token": receiver.token, "link": link, "gateway": gateway}
        file.unlink(missing_ok=True)
        with os.fdopen(os.open(file, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w", encoding="utf-8") as opened:
            opened.write(FILE.format(**told))
        os.environ["TIANPING_ROBOTS"] = str(file.resolve())
        try:
            yield
        finally:
            del os.environ["TIANPING_ROBOTS"]
            file.unlink(missing_ok=True)
