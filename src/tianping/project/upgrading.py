"""升级表结构 · ``python -m tianping.project.upgrading``: brings the tables up to date as their owner, in a process of its own."""

from __future__ import annotations

from io import StringIO

import django
from django.core.checks.registry import registry
from django.core.management import call_command

from tianping.project.memory import sweep_seldom

UNASKED = frozenset({"urls"})
"""Django's checks that an installation cannot fail by its settings: to ask them, every address of the API would have to be made."""


def upgrade() -> None:
    """Check the settings, then migrate. Raises SystemCheckError, or what the database says."""
    sweep_seldom()
    django.setup()
    call_command("check", tags=sorted(registry.tags_available() - UNASKED), databases=["default"], stdout=StringIO())
    call_command("migrate", verbosity=0, skip_checks=True)


if __name__ == "__main__":
    upgrade()
