"""DBOS · A durable workflow of six steps; what each step gave is kept in the library's own tables, on its own pool, set up as for production."""

from __future__ import annotations

import sys
from typing import Any

from benchmarks.peer.talk import STEPS, serve


def main(url: str) -> None:
    """Serve turns on a database."""
    from dbos import DBOS, DBOSConfig  # noqa: PLC0415

    config: DBOSConfig = {"name": "six", "system_database_url": url, "log_level": "ERROR", "run_migrations": True}
    dbos = DBOS(config=config)
    taken: Any = DBOS.step()(_taken)

    @DBOS.workflow()
    def six(case: int) -> int:
        return sum(taken(case + n) for n in range(STEPS))

    DBOS.launch()

    def turn(cases: int) -> None:
        for n in range(cases):
            six(n)

    serve(turn)
    dbos.destroy()


def _taken(step: int) -> int:
    """What a step gives."""
    return step


if __name__ == "__main__":
    main(sys.argv[1])
