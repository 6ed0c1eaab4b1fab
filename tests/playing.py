"""回放 · Plays the city's half-year into the database that the variables name: ``python -m tests.playing``, in a process of its own.
What was written it tells as JSON."""

from __future__ import annotations

import json
import sys
from datetime import datetime
from zoneinfo import ZoneInfo

from tests.conftest import ROOT
from tianping.project.running import database

PASSWORD = "a rather long passphrase 1"
AT = datetime(2021, 12, 31, 18, tzinfo=ZoneInfo("Asia/Shanghai"))
"""When the replay was written down."""


def played() -> str:
    """The half-year, in the database that the variables name: the case of each key, and how many events."""
    from tianping.casework.city.accounts import may_sign_in  # noqa: PLC0415 — after Django is set up
    from tianping.casework.city.load import load  # noqa: PLC0415
    from tianping.casework.city.pack import read_pack  # noqa: PLC0415
    from tianping.casework.replay.plan import plan  # noqa: PLC0415
    from tianping.casework.replay.run import run  # noqa: PLC0415
    from tianping.casework.replay.scenario import read_scenario  # noqa: PLC0415

    folder = ROOT / "cities" / "jinzhong"
    pack = read_pack(folder)
    done = run(plan(read_scenario(folder / "scenarios" / "half_year_2021.toml"), pack), load(pack, replay=True), at=AT)
    may_sign_in(pack, PASSWORD)
    return json.dumps([done.cases, done.steps])


if __name__ == "__main__":
    with database():
        told = played()
    sys.stdout.write(told)
