"""唤起作业 · Ask the worker to do a job now rather than at its next hour. Without a worker nothing is lost: the work stands in its own rows."""

from __future__ import annotations

from contextlib import suppress

from django.db import transaction
from procrastinate.contrib.django import app
from procrastinate.exceptions import AlreadyEnqueued


def wake(task: str) -> None:
    """Put a job into the queue, unless it waits there already."""
    with suppress(AlreadyEnqueued), transaction.atomic():
        app.configure_task(task, queueing_lock=task).defer(timestamp=0)
