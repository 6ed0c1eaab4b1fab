"""全量证明 · ``python -m tests.proof [jobs]``: every test at full size, then every benchmark; what was proven is not done again.

The record stands in ``var/proof/proven.jsonl``. A row holds as long as what it rests on is the same (``tests/digests.py``).
"""

from __future__ import annotations

import os
import subprocess
import sys
import time
from pathlib import Path

from benchmarks.__main__ import SUBJECTS

from tests.digests import ROOT, digest_of
from tests.proven import RECORD, row, rows

OUT = ROOT / "var" / "proof"


def files() -> list[str]:
    """Every file of tests: a part of the proof each."""
    return sorted(str(p.relative_to(ROOT)) for p in (ROOT / "tests").rglob("test_*.py"))


def main(jobs: str = "2") -> int:
    """Give what is still to be proven; 0 if all of it holds."""
    OUT.mkdir(parents=True, exist_ok=True)
    record = OUT / "proven.jsonl"
    subjects = [f"benchmark {name}" for name in SUBJECTS]
    done = _done(record)
    if tested := [name for name in files() if name not in done]:
        words = ["-m", "pytest", "-q", "-p", "no:cacheprovider", "-p", "tests.proven", "-n", jobs, "--dist", "loadfile", *tested]
        subprocess.run([sys.executable, *words], cwd=ROOT, env=os.environ | {"TIANPING_PROOF": "1", RECORD: str(record)}, check=False)
    for number, part in enumerate(subjects, 1):
        if part not in done:
            print(f"[{number}/{len(subjects)}] {part}", flush=True)
            _measured(part, record)
    parts, held = [*files(), *subjects], _done(record)
    print(f"{record.relative_to(ROOT)}: {sum(part in held for part in parts)} of {len(parts)} parts hold")
    print("\n".join(f"✗ {part}" for part in parts if part not in held))
    return 0 if held.issuperset(parts) else 1


def _done(record: Path) -> set[str]:
    """What held the last time, of the very same code."""
    last = {str(found["part"]): found for found in rows(record)}
    return {part for part, found in last.items() if found["passed"] and found["of"] == digest_of(part)}


def _measured(part: str, record: Path) -> None:
    """One benchmark, alone on the machine."""
    begun, of = time.monotonic(), digest_of(part)
    run = subprocess.run([sys.executable, "-m", "benchmarks", part.partition(" ")[2]], cwd=ROOT, capture_output=True, text=True, check=False)
    print(run.stdout[-4000:] + run.stderr[-2000:], flush=True)
    row(record, part, of, passed=run.returncode == 0, seconds=time.monotonic() - begun, told=run.stdout.strip().splitlines()[-40:])


if __name__ == "__main__":
    raise SystemExit(main(*sys.argv[1:2]))
