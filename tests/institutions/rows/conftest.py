"""各行的数据库 · Each row's checks count what they themselves have written, so each module has a database of its own."""

from tests.own_database import alone

__all__ = ["alone"]
