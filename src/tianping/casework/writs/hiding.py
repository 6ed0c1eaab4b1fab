"""隐名 · The copy for the public: people by stable substitutes, numbers masked. The same person is the same in every copy made of a case.

Whom to hide in which kind of document is said by a text that was not obtained: so every natural person of the case is hidden, and whom else the
publisher names (policy, not law).
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from typing import Any, Final

from tianping.casework.models import Party, Substitute
from tianping.law.identifiers import Pseudonyms, mask_resident_id, mask_text

MOST: Final = 500


def substitutes(case_id: int, more: Iterable[str] = ()) -> dict[str, str]:
    """Name → substitute, of every natural person that was ever a party, and of further names. Inside a transaction that holds the case."""
    known = list(Substitute.objects.filter(case_id=case_id).order_by("place").values_list("name", flat=True)[:MOST])
    parties = Party.objects.filter(case_id=case_id, kind="person").order_by("pk").values_list("name", flat=True)[:MOST]
    new = [name for name in dict.fromkeys([*parties, *(m.strip() for m in more)]) if name and name not in known]
    first = len(known) + 1
    Substitute.objects.bulk_create([Substitute(case_id=case_id, place=first + n, name=name) for n, name in enumerate(new)])
    given = Pseudonyms()
    return {name: given.of(name) for name in [*known, *new]}


def identities(case_id: int) -> dict[str, str]:
    """Identity number → masked, of the persons of a case: an unusual one is not found by its look."""
    rows = Party.objects.filter(case_id=case_id, kind="person").exclude(identity="").values_list("identity", flat=True)[:MOST]
    return {number: mask_resident_id(number) for number in rows}


def hidden(listed: Iterable[Mapping[str, Any]], instead: Mapping[str, str]) -> list[dict[str, Any]]:
    """The blocks of a document with names and numbers hidden; a name that the writer's Word split into several runs is found as well."""
    order = sorted(instead, key=len, reverse=True)
    return [_block(block, order, instead) for block in listed]


def _block(block: Mapping[str, Any], order: list[str], instead: Mapping[str, str]) -> dict[str, Any]:
    if block["kind"] == "table":
        return {**block, "rows": [[_text(cell, order, instead) for cell in row] for row in block["rows"]]}
    whole = "".join(run["text"] for run in block["runs"])
    shown = _text(whole, order, instead)
    if shown == whole:
        return dict(block)
    parts = [{**run, "text": _text(run["text"], order, instead)} for run in block["runs"]]
    if "".join(run["text"] for run in parts) != shown:
        parts = [{**block["runs"][0], "text": shown}]
    return {**block, "runs": parts}


def _text(text: str, order: list[str], instead: Mapping[str, str]) -> str:
    """In one pass, longer names first: a substitute is never looked at again."""
    named = re.compile("|".join(map(re.escape, order))) if order else None
    return mask_text(text if named is None else named.sub(lambda found: instead[found[0]], text))
