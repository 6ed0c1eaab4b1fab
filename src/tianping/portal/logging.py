"""日志 · A line of JSON for each thing logged. What other libraries put into a message may be about a person, so only their template is kept."""

from __future__ import annotations

import json
import logging
import traceback
from datetime import UTC, datetime
from pathlib import Path


class Lines(logging.Formatter):
    """日志行 · Time, level, logger, message template, and what our own code tells. Of an exception its type and places, never its words."""

    def format(self, record: logging.LogRecord) -> str:
        """The record as one line."""
        line: dict[str, object] = {
            "time": datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds"),
            "level": record.levelname.lower(),
            "logger": record.name,
            "message": record.msg if isinstance(record.msg, str) and _ours_or_template(record) else type(record.msg).__name__,
        }
        told = getattr(record, "told", None)
        if isinstance(told, dict):
            line |= told
        if record.exc_info and record.exc_info[0] is not None:
            frames = traceback.extract_tb(record.exc_info[2])
            line["error"] = record.exc_info[0].__name__
            line["places"] = [f"{Path(f.filename).name}:{f.lineno} {f.name}" for f in frames[-8:]]
        return json.dumps(line, ensure_ascii=True)


def _ours_or_template(record: logging.LogRecord) -> bool:
    """Whether the message is a constant of a program: our own, or a template whose values stand apart."""
    return record.name.startswith("tianping") or bool(record.args) or "%" in str(record.msg)
