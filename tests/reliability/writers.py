"""写入者 · One process loads everything and forks those that are killed. It never speaks to the database itself."""

from __future__ import annotations

import json
import os
import signal
import sys
import traceback
from collections.abc import Callable
from importlib import import_module
from typing import Any

import django
from django.conf import settings


def forked(work: Callable[[], dict[str, Any] | None], out: int | None, options: str) -> int:
    pid = os.fork()
    if pid:
        return pid
    try:
        sys.stdin.close()
        if options:
            settings.DATABASES["default"]["OPTIONS"]["options"] += options
        answer = work()
        if out is not None:
            os.write(out, json.dumps(answer).encode())
        import_module("tests.reliability.work").parted()
    except BaseException:  # a child that fails says why and is gone
        if out is not None:
            os.write(out, json.dumps({"error": traceback.format_exc()}).encode())
        else:
            traceback.print_exc()
        os._exit(1)
    os._exit(0)


def main() -> None:
    django.setup()
    work = import_module("tests.reliability.work")
    signal.signal(signal.SIGCHLD, signal.SIG_IGN)
    work.loaded()
    for line in sys.stdin:
        said = json.loads(line)
        do, options = said.pop("do"), said.pop("options", "")
        if do in work.WORK:
            answer = json.dumps({"pid": forked(lambda do=do, said=said: work.WORK[do](**said), None, options)})  # type: ignore[misc]  # bound at once
        else:
            inlet, outlet = os.pipe()
            forked(lambda do=do, said=said: work.ANSWERS[do](**said), outlet, options)  # type: ignore[misc]  # as above
            os.close(outlet)
            with os.fdopen(inlet) as pipe:
                answer = pipe.read() or json.dumps({"error": "no answer"})
        sys.stdout.write(answer + "\n")
        sys.stdout.flush()


if __name__ == "__main__":
    main()
