"""冲突 · What the database refuses because it is there already, in the words of the case engine."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from typing import Final

import psycopg

from tianping.casework.errors import NumberTaken, ReferralTwice
from tianping.law.errors import TianpingError

_VALUES: Final = re.compile(r"\)=\((.*)\)")
"""The values in PostgreSQL's detail: ``Key (number)=(…) already exists.``"""


def _number(values: str) -> TianpingError:
    return NumberTaken(number=values)


def _referral(values: str) -> TianpingError:
    case, _, entity = values.partition(", ")
    return ReferralTwice(case=case, entity=entity)


_WORDS: Final[Mapping[str, Callable[[str], TianpingError]]] = {"case_number": _number, "referral_once": _referral}


def told(error: Exception) -> Exception:
    """The error that says what is there already; any other as it is."""
    words = _WORDS.get(error.diag.constraint_name or "") if isinstance(error, psycopg.errors.UniqueViolation) else None
    if words is None or not isinstance(error, psycopg.errors.UniqueViolation):
        return error
    found = _VALUES.search(error.diag.message_detail or "")
    return words(found[1] if found else "")
