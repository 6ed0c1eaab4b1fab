"""查比行 · The table of units that are counted over."""

from typing import ClassVar

import django.contrib.postgres.indexes
import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    """One table, written by the step itself."""

    dependencies: ClassVar = [("casework", "0051_changes_are_append_only")]
    operations: ClassVar = [
        migrations.CreateModel(
            name="Watched",
            fields=[
                ("pk", models.CompositePrimaryKey("case_id", "track", "entity", blank=True, editable=False, primary_key=True, serialize=False)),
                ("track", models.CharField(max_length=60)),
                ("entity", models.CharField(max_length=80)),
                ("procedure", models.CharField(max_length=60)),
                ("stage", models.CharField(max_length=60)),
                ("facts", models.JSONField(default=dict)),
                (
                    "case",
                    models.ForeignKey(db_constraint=False, db_index=False, on_delete=django.db.models.deletion.CASCADE, to="casework.case"),
                ),
                ("organisation", models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, to="casework.organisation")),
            ],
            options={
                "indexes": [
                    models.Index(fields=["procedure", "track", "stage"], name="watched_standing"),
                    django.contrib.postgres.indexes.GinIndex(fields=["facts"], name="watched_answers", opclasses=["jsonb_path_ops"]),
                ]
            },
        )
    ]
