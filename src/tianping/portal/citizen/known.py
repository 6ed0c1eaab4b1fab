"""已知的答案 · What a definition asks of a citizen and the system knows: it is not asked again, and not ticked by himself."""

from __future__ import annotations

from typing import Any

from tianping.casework.models import Citizen


def answered(citizen: Citizen) -> dict[str, Any]:
    """Answers by the name of the fact. Whether he is identified is what was checked, never what he says."""
    return {
        "identified": citizen.identified is not None,
        "sender": citizen.name or citizen.account,
        "holder": citizen.account,
        "reader": citizen.identity or citizen.account,
    }
