"""django-fsm-2 + django-simple-history · A state field whose transitions are methods, and a row of history for each save.

As documented: the row is locked, the transition is checked, the object saved; Django with ``pool`` and ``CONN_MAX_AGE`` 0, in one transaction a step.
"""

from __future__ import annotations

import sys
from typing import Any

from benchmarks.peer.talk import STEPS, serve


def main(dsn: dict[str, str]) -> None:
    """Serve turns on a database."""
    import django  # noqa: PLC0415 — set up here, for this process only
    from django.conf import settings  # noqa: PLC0415

    database = {"ENGINE": "django.db.backends.postgresql", "NAME": dsn["dbname"], "HOST": dsn["host"], "USER": dsn["user"], "OPTIONS": {"pool": True}}
    database |= {"PASSWORD": dsn.get("password", "")}
    apps = ["django.contrib.contenttypes", "django.contrib.auth", "simple_history"]
    settings.configure(DATABASES={"default": database}, INSTALLED_APPS=apps, DEFAULT_AUTO_FIELD="django.db.models.BigAutoField", USE_TZ=True)
    django.setup()
    serve(_turn(_model()))


def _model() -> Any:
    from django.db import connection, models  # noqa: PLC0415
    from django_fsm import FSMField, transition  # noqa: PLC0415
    from simple_history.models import HistoricalRecords  # noqa: PLC0415

    def step(n: int) -> Any:
        @transition(field="state", source=f"s{n}", target=f"s{n + 1}", conditions=[_owned])
        def take(self: Any) -> None:
            self.seq += 1

        take.__name__ = f"step_{n}"
        return take

    fields: dict[str, Any] = {f"step_{n}": step(n) for n in range(1, STEPS)}
    fields |= {"state": FSMField(default="s1"), "owner": models.CharField(max_length=60), "seq": models.IntegerField(default=1)}
    meta = type("Meta", (), {"app_label": "simple_history"})
    made: Any = type("PeerCase", (models.Model,), {"__module__": __name__, "Meta": meta, "history": HistoricalRecords(), **fields})
    with connection.schema_editor() as editor, connection.cursor() as cursor:
        for model in (made, made.history.model):
            cursor.execute(f'drop table if exists "{model._meta.db_table}" cascade')
        from django.contrib.auth.models import Group, Permission, User  # noqa: PLC0415
        from django.contrib.contenttypes.models import ContentType  # noqa: PLC0415

        for model in (ContentType, Permission, Group, User):
            cursor.execute(f'drop table if exists "{model._meta.db_table}" cascade')
            for field in model._meta.local_many_to_many:
                cursor.execute(f'drop table if exists "{field.m2m_db_table()}" cascade')
            editor.create_model(model)
        for model in (made, made.history.model):
            editor.create_model(model)
    return made


def _owned(case: Any) -> bool:
    return bool(case.owner == "li.ming")


def _turn(made: Any) -> Any:
    from django.db import transaction  # noqa: PLC0415

    def turn(cases: int) -> None:
        for _ in range(cases):
            with transaction.atomic():
                key = made.objects.create(owner="li.ming").pk
            for n in range(1, STEPS):
                with transaction.atomic():
                    case = made.objects.select_for_update().get(pk=key)
                    getattr(case, f"step_{n}")()
                    case.save()

    return turn


if __name__ == "__main__":
    main(dict(word.split("=", 1) for word in sys.argv[1:]))
