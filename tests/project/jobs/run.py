"""测试用工作进程 · The worker of these tests: that of ``tianping worker``, with one job more."""

from __future__ import annotations

import time
from datetime import UTC, datetime

from tianping.project.running import database


def main() -> None:
    """Run until told to stop."""
    with database():
        from procrastinate.contrib.django import app  # noqa: PLC0415 — after Django is set up

        from tianping.casework.alarms.scan import scan  # noqa: PLC0415
        from tianping.casework.outbox.dispatch import drain  # noqa: PLC0415
        from tianping.project.working import work  # noqa: PLC0415

        @app.task(name="one_message")
        def one_message(n: int) -> None:
            """Deliver one message, look at the limits now and then, and take a moment over it, so that there is something to be killed."""
            drain(at=datetime.now(UTC), limit=1)
            if n % 10 == 0:
                scan(at=datetime.now(UTC))
            time.sleep(0.01)

        work(4)


if __name__ == "__main__":
    main()
