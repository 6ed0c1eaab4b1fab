"""拟定当事人 · Invented parties: names put together from a list, identity numbers of a division that does not exist, telephones that reach nobody."""

from __future__ import annotations

from datetime import date, timedelta
from random import Random
from typing import Final

from stdnum.cn import uscc

from tianping.casework.replay.model import Names, PlannedParty
from tianping.law.identifiers import check_character

BORN: Final = date(1957, 1, 1)
DAYS: Final = 15_000
"""Dates of birth run over so many days: 1957 to early 1998."""
STRIDE: Final = 7919
"""Prime to DAYS: the n-th person's date of birth is nobody else's before DAYS people are made."""
ORGANISATION: Final = (3, 7, 9, 10, 5, 8, 4, 2)


def party(n: int, kind: str, capacity: str, names: Names, division: str, random: Random) -> PlannedParty:
    """The n-th party of a plan."""
    if kind == "person":
        name = random.choice(names.surnames) + random.choice(names.given)
        number = _resident(n, division)
    else:
        name = random.choice(names.bodies).format(n=n)
        number = _credit_code(n, division)
    return PlannedParty(name, kind, number, capacity, f"000{n % 10**8:08d}")


def _resident(n: int, division: str) -> str:
    born = BORN + timedelta(days=n * STRIDE % DAYS)
    first17 = f"{division}{born:%Y%m%d}{n // DAYS % 10 * 100 + n % 100:03d}"
    return first17 + check_character(first17)


def _credit_code(n: int, division: str) -> str:
    """A unified credit code with both check characters right (GB 32100, GB 11714)."""
    plain = f"{n % 10**8:08d}"
    rest = 11 - sum(int(d) * w for d, w in zip(plain, ORGANISATION, strict=True)) % 11
    first17 = f"91{division}{plain}{'X' if rest == 10 else rest % 11}"
    return first17 + str(uscc.calc_check_digit(first17))
