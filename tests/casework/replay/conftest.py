"""回放的数据库 · Figures count the whole ledger, so each module has a ledger of its own."""

from tests.own_database import alone

__all__ = ["alone"]
