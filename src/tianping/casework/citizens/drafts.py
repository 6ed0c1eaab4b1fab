"""草稿 · What a citizen writes before he hands it in: kept for him alone, on every device that he signs in from."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any, Final

from tianping.casework.citizens.errors import NoSuchDraft
from tianping.casework.models import Citizen, Draft

MOST: Final = 20


def draft_begun(citizen: Citizen, procedure: str, *, at: datetime) -> Draft:
    """A new draft; the oldest fall away where there are too many that no case was opened for."""
    rows = Draft.objects.filter(citizen=citizen, handed_in=None, case=None).order_by("-saved", "-pk").values_list("pk", flat=True)
    Draft.objects.filter(pk__in=list(rows[MOST - 1 : MOST + 50])).delete()
    return Draft.objects.create(citizen=citizen, procedure=procedure, saved=at)


def draft_of(citizen: Citizen, number: int) -> Draft:
    """One of his drafts that was not handed in. Raises NoSuchDraft."""
    found = Draft.objects.filter(pk=number, citizen=citizen, handed_in=None).select_related("organisation").first()
    if found is None:
        raise NoSuchDraft
    return found


def draft_written(citizen: Citizen, number: int, written: Mapping[str, Any], *, at: datetime) -> Draft:
    """Write on: what is given replaces what was there under the same names. Raises NoSuchDraft."""
    draft = draft_of(citizen, number)
    draft.written = {**draft.written, **written}
    draft.saved = at
    draft.save(update_fields=["written", "saved"])
    return draft


def drafts_of(citizen: Citizen) -> list[Draft]:
    """His drafts, the last one first."""
    return list(Draft.objects.filter(citizen=citizen, handed_in=None).select_related("organisation").order_by("-saved", "-pk")[:MOST])
