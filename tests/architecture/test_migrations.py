"""迁移 · Migrations are one chain that ends once, and say all that the models say."""

from __future__ import annotations

from django.apps import apps
from django.db.migrations.autodetector import MigrationAutodetector
from django.db.migrations.loader import MigrationLoader
from django.db.migrations.state import ProjectState
from django.utils.translation import override

OWN = {app.label for app in apps.get_app_configs() if app.name.startswith("tianping")}


def test_each_room_ends_in_one_migration() -> None:
    loader = MigrationLoader(None)
    assert {label: loader.graph.leaf_nodes(label) for label in OWN if len(loader.graph.leaf_nodes(label)) > 1} == {}


def test_no_migration_is_missing() -> None:
    loader = MigrationLoader(None)
    with override(None):  # as the command reads them: words of Django's own fields untranslated
        found = MigrationAutodetector(loader.project_state(), ProjectState.from_apps(apps)).changes(graph=loader.graph)
    assert {label: [op.describe() for m in changes for op in m.operations] for label, changes in found.items() if label in OWN} == {}
