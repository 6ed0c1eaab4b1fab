"""全量证明 · ``python -m tests.proof``: every test at full size and every benchmark, one after another; what was proven is not done again.

The record stands in ``var/proof/<state>.jsonl``, ``<state>`` being the commit, or a digest of the tree where it holds changes.
"""

from __future__ import annotations

import hashlib
import json
import os
import subprocess
import sys
import time
from pathlib import Path

from benchmarks.__main__ import SUBJECTS

from tests.conftest import ROOT

OUT = ROOT / "var" / "proof"


def state() -> str:
    """The commit that is proven; with uncommitted changes a digest of them is part of it."""
    head = _git("rev-parse", "--short=12", "HEAD").strip()
    changes = _git("diff", "HEAD") + _git("status", "--porcelain")
    return head if not changes else f"{head}-{hashlib.sha256(changes.encode()).hexdigest()[:8]}"


def _git(*words: str) -> str:
    return subprocess.run(["git", *words], cwd=ROOT, capture_output=True, text=True, check=True).stdout


def parts() -> dict[str, list[str]]:
    """Every part of the proof and the command that gives it."""
    files = sorted(str(p.relative_to(ROOT)) for p in (ROOT / "tests").rglob("test_*.py"))
    tests = {name: ["-m", "pytest", "-q", "-p", "no:cacheprovider", name] for name in files}
    return tests | {f"benchmark {name}": ["-m", "benchmarks", name] for name in SUBJECTS}


def main() -> int:
    """Give what is still to be proven; 0 if all of it holds."""
    OUT.mkdir(parents=True, exist_ok=True)
    record = OUT / f"{state()}.jsonl"
    done = {row["part"] for row in _rows(record) if row["passed"]}
    everything, failed = parts(), 0
    for number, (part, words) in enumerate(everything.items(), 1):
        if part in done:
            continue
        begun = time.monotonic()
        run = subprocess.run(
            [sys.executable, *words], cwd=ROOT, env=os.environ | {"TIANPING_PROOF": "1"}, capture_output=True, text=True, check=False
        )
        passed, seconds = run.returncode in (0, 5), round(time.monotonic() - begun, 1)
        failed += not passed
        told = run.stdout.strip().splitlines()
        with record.open("a", encoding="utf-8") as file:
            file.write(json.dumps({"part": part, "passed": passed, "seconds": seconds, "told": told[-40:]}, ensure_ascii=False) + "\n")
        print(f"[{number}/{len(everything)}] {'✓' if passed else '✗'} {part}  {seconds} s", flush=True)
        if not passed or part.startswith("benchmark"):
            print(run.stdout[-4000:] + run.stderr[-2000:], flush=True)
    print(f"{record.relative_to(ROOT)}: {len(everything) - failed} of {len(everything)} parts hold")
    return 1 if failed else 0


def _rows(record: Path) -> list[dict[str, object]]:
    if not record.is_file():
        return []
    return [json.loads(line) for line in record.read_text(encoding="utf-8").splitlines()]


if __name__ == "__main__":
    raise SystemExit(main())
