"""回放 · A planned scenario into the database: steps only, each guarded and reckoned, every case labelled as a replay."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import datetime
from typing import Final

from tianping.casework.city.load import Loaded
from tianping.casework.engine.importing import Imported, ImportedCase, ImportedParty, ImportedReferral, ImportedStep, steps_import
from tianping.casework.replay.model import PlannedCase

RECORDER: Final = "replay"
"""Who stands in the ledger as having written a replayed event."""


def run(planned: Sequence[PlannedCase], city: Loaded, *, at: datetime, progress: Callable[[float], None] | None = None) -> Imported:
    """Write the planned cases, recorded as they happened. Raises Refusal for a step that is not lawful; then nothing is written."""
    cases = [imported(case, city) for case in planned]
    return steps_import(cases=cases, recorder=RECORDER, at=at, recorded="happened", progress=progress)


def imported(case: PlannedCase, city: Loaded) -> ImportedCase:
    """A planned case as it is imported: ids instead of codes, and the referrals that it sends."""
    sent = {s.entity: s for s in case.steps if s.step.endswith(".send") and s.entity}
    steps = [ImportedStep(s.step, s.happened, s.signers, s.entity, s.facts) for s in case.steps]
    referrals = tuple(ImportedReferral(entity, city.organisations[s.to], s.link) for entity, s in sent.items())
    parties = tuple(ImportedParty(p.name, p.capacity, p.kind, p.id_number, p.phone) for p in case.parties)
    place = (case.key, case.procedure, city.organisations[case.organisation], case.title, steps, city.keys[case.organisation])
    return ImportedCase(*place, case.source, parties, referrals)
