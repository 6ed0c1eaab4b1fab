"""导入作业 · Files of cases that are handed in on a page, and the rows of them that are refused."""

from typing import ClassVar

import django.db.models.deletion
from django.db import migrations, models

STATES = ("trying", "tried", "writing", "written", "failed", "dropped")
ID = models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")


class Migration(migrations.Migration):
    """Two tables."""

    dependencies: ClassVar = [("casework", "0155_appointments")]
    operations: ClassVar = [
        migrations.CreateModel(
            name="ImportJob",
            fields=[
                ("id", ID),
                ("procedure", models.CharField(max_length=60)),
                ("organisation", models.CharField(default="", max_length=60)),
                ("file", models.CharField(max_length=200)),
                ("content", models.BinaryField(null=True)),
                ("mapping", models.TextField(default="")),
                ("account", models.BigIntegerField()),
                ("made", models.DateTimeField()),
                ("state", models.CharField(max_length=10)),
                ("way", models.CharField(default="", max_length=5)),
                ("done", models.FloatField(default=0)),
                ("rows", models.IntegerField(default=0)),
                ("cases", models.IntegerField(default=0)),
                ("events", models.IntegerField(default=0)),
                ("known", models.IntegerField(default=0)),
                ("refused", models.IntegerField(default=0)),
                ("error", models.JSONField(null=True)),
                ("ended", models.DateTimeField(null=True)),
            ],
            options={
                "indexes": [models.Index(condition=models.Q(("state__in", ("trying", "writing"))), fields=["id"], name="importjob_waiting")],
                "constraints": [models.CheckConstraint(condition=models.Q(("state__in", STATES)), name="importjob_state")],
            },
        ),
        migrations.CreateModel(
            name="ImportFault",
            fields=[
                ("id", ID),
                ("line", models.IntegerField()),
                ("case", models.CharField(max_length=200)),
                ("code", models.CharField(max_length=20)),
                ("zh", models.TextField()),
                ("en", models.TextField()),
                ("cites", models.TextField(default="")),
                ("todo_zh", models.TextField()),
                ("todo_en", models.TextField()),
                (
                    "job",
                    models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.CASCADE, related_name="faults", to="casework.importjob"),
                ),
            ],
            options={"indexes": [models.Index(fields=["job", "id"], name="importfault_page")]},
        ),
    ]
