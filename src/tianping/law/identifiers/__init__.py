"""标识 · Numbers that name people, organisations, courts and cases: read, checked, written, and masked.

Each kind is a frozen object made by ``parse``, which refuses what is not one in both languages (LAW-141 to LAW-144).
"""

from __future__ import annotations

from tianping.law.identifiers.cases import BadCaseNumber, BadCourtCode, CaseNumber, CourtCode, CourtLevel
from tianping.law.identifiers.masking import (
    Pseudonyms,
    mask_address,
    mask_name,
    mask_phone,
    mask_plate,
    mask_resident_id,
    mask_text,
)
from tianping.law.identifiers.organisations import BadCreditCode, CreditCode
from tianping.law.identifiers.residents import BadResidentId, ResidentId, Sex, check_character

__all__ = [
    "BadCaseNumber",
    "BadCourtCode",
    "BadCreditCode",
    "BadResidentId",
    "CaseNumber",
    "CourtCode",
    "CourtLevel",
    "CreditCode",
    "Pseudonyms",
    "ResidentId",
    "Sex",
    "check_character",
    "mask_address",
    "mask_name",
    "mask_phone",
    "mask_plate",
    "mask_resident_id",
    "mask_text",
]
