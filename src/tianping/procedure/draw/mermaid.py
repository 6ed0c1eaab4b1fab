"""状态图 · A procedure as a Mermaid state diagram: text that a wiki or a README draws by itself."""

from __future__ import annotations

from collections.abc import Iterator

from tianping.law.text import Lang
from tianping.procedure.draw.labels import limit_words
from tianping.procedure.draw.order import columns, sources
from tianping.procedure.grammar import Procedure
from tianping.procedure.tables import STAYS, StepRow, Tables, TrackRow, compiled


def mermaid(procedure: type[Procedure], lang: Lang) -> str:
    """状态图文本 · ``stateDiagram-v2`` of every track in one language: stages as states, steps as arrows, limits as notes."""
    tables = compiled(procedure)
    lines = ["---", f"title: {_text(procedure.title.pick(lang))}", "---", "stateDiagram-v2", "    direction LR"]
    for track in tables.tracks:
        lines += _track(tables, track, lang)
    return "\n".join(lines) + "\n"


def _track(tables: Tables, track: TrackRow, lang: Lang) -> list[str]:
    steps = [s for s in tables.steps if s.track == track.no]
    inside = [*_states(tables, track, lang), *_arrows(track, steps, lang), *_closings(track, steps), *_notes(tables, track, lang)]
    if track.part is None:
        return [f"    {line}" for line in inside]
    many = " ×n" if track.many else ""
    title = _text(track.track.title.pick(lang)) + many
    return [f'    state "{title}" as part_{track.no} {{', "        direction LR", *(f"        {line}" for line in inside), "    }"]


def _states(tables: Tables, track: TrackRow, lang: Lang) -> Iterator[str]:
    for i in columns(tables, track):
        if i:
            yield f'state "{_text(track.stages[i].title.pick(lang))}" as {_name(track, i)}'


def _arrows(track: TrackRow, steps: list[StepRow], lang: Lang) -> Iterator[str]:
    """One arrow per move and stage; the steps that stay share one, for Mermaid draws only one arrow from a state to itself."""
    staying: dict[int, list[str]] = {}
    for step in steps:
        said = _text(step.step.words.pick(lang))
        for source in sources(step, track):
            if step.target in (STAYS, source):
                staying.setdefault(source, []).append(said)
            else:
                yield f"{_name(track, source)} --> {_name(track, step.target)}: {said}"
    for source, said_here in staying.items():
        yield f"{_name(track, source)} --> {_name(track, source)}: {' / '.join(said_here)}"


def _closings(track: TrackRow, steps: list[StepRow]) -> Iterator[str]:
    for target in dict.fromkeys(s.target for s in steps):
        if target != STAYS and track.stages[target].end:
            yield f"{_name(track, target)} --> [*]"


def _notes(tables: Tables, track: TrackRow, lang: Lang) -> Iterator[str]:
    """Each limit as a note at the stage in which its clock first runs."""
    for row in tables.limits:
        starts = [s for s in row.since if tables.steps[s].track == track.no]
        if not starts:
            continue
        step = tables.steps[starts[0]]
        stage = step.target if step.target != STAYS else sources(step, track)[0]
        if stage:
            yield f"note right of {_name(track, stage)}: {_text(limit_words(row, lang))}"


def _name(track: TrackRow, stage: int) -> str:
    return "[*]" if stage == 0 else f"s{track.no}_{stage}"


def _text(words: str) -> str:
    """Words without the signs that Mermaid reads as its own."""
    return words.replace('"', "”").replace(":", "：").replace(";", "；").replace("#", "＃")
