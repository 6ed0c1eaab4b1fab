"""数据库设置 · ``DATABASE_URL`` names a PostgreSQL; without it the embedded server under ``TIANPING_VAR`` serves."""

from __future__ import annotations

from pathlib import Path
from typing import Any, Final

from psycopg.conninfo import conninfo_to_dict

from tianping.casework.database.embedded import Embedded
from tianping.project.settings.variables import declared, one_of

URL: Final = declared(
    "DATABASE_URL",
    "",
    str,
    zh="PostgreSQL 连接串（应用角色）；不设则用嵌入式数据库",
    en="PostgreSQL of the application's role; unset: the embedded server",
)
OWNER_URL: Final = declared(
    "DATABASE_OWNER_URL", "", str, zh="拥有表结构的角色的连接串，仅迁移时使用", en="PostgreSQL of the role that owns the tables, for migrations only"
)
ROLE: Final = declared(
    "TIANPING_DATABASE_ROLE", "app", one_of("app", "owner"), zh="以哪个角色连接：app 或 owner（迁移）", en="connect as app, or as owner (migrations)"
)
VAR: Final = declared("TIANPING_VAR", Path("var"), Path, zh="数据、日志等可写文件的目录", en="folder of what is written: data, logs")

POOL: Final = declared("TIANPING_DATABASE_POOL", 8, int, zh="每个进程的数据库连接上限", en="database connections of a process, at most")

KEPT: Final = declared(
    "TIANPING_KEPT_CASES",
    100,
    int,
    zh="每个进程在内存中留存多少件最近办理的案件，免于办理下一步前再读；0 为不留存",
    en="cases that a process keeps in memory as it last saw them, so that their next step reads nothing first; 0: none",
)


def embedded() -> Embedded:
    """The embedded server of this installation, not started."""
    return Embedded(VAR.value() / "postgres")


def databases() -> dict[str, dict[str, Any]]:
    """Django's DATABASES: pooled, prepared, planned once."""
    owner = ROLE.value() == "owner"
    url = OWNER_URL.value() if owner and OWNER_URL.value() else URL.value()
    if url:
        parts = conninfo_to_dict(url)
    else:
        server = embedded()
        parts = conninfo_to_dict(server.owner_dsn() if owner else server.app_dsn())
    named = {"host": "HOST", "port": "PORT", "user": "USER", "password": "PASSWORD", "dbname": "NAME"}
    options = {k: v for k, v in parts.items() if k not in named}
    planned = "-c plan_cache_mode=force_generic_plan"
    return {
        "default": {
            "ENGINE": "django.db.backends.postgresql",
            **{django: str(parts.get(libpq) or "") for libpq, django in named.items()},
            "OPTIONS": {"pool": {"min_size": 1, "max_size": POOL.value()}, "prepare_threshold": 2, "options": planned, **options},
            "CONN_MAX_AGE": 0,
        }
    }
