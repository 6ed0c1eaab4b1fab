"""已知的答案 · What a definition asks of a citizen and the system knows: it is not asked again, and not ticked by himself."""

from __future__ import annotations

from typing import Any, Final

from tianping.casework.models import Citizen
from tianping.law.text import T

DEPOSIT: Final = (T("存件码", "Deposit code"), T("印在凭证上的8位码；可以扫，也可以输入", "The 8 characters of your receipt; scan or type them"))
SCANNED: Final = {"deposit_scanned": DEPOSIT, "pickup_scanned": DEPOSIT}
"""Facts that say whether a code was scanned: the code itself is asked for, and looked at."""


def answered(citizen: Citizen) -> dict[str, Any]:
    """Answers by the name of the fact. Whether he is identified is what was checked, never what he says."""
    return {
        "identified": citizen.identified is not None,
        "sender": citizen.name or citizen.account,
        "holder": citizen.account,
        "identity_scanned": citizen.identified is not None,
        "depositor": "PARTY",
        "reader": citizen.identity or citizen.account,
    }
