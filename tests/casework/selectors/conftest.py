"""读取的数据库 · Blocks are counted on tables that hold nothing else."""

from tests.own_database import alone

__all__ = ["alone"]
