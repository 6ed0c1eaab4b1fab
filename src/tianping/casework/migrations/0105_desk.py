"""办案台 · Saved filters of the worklist, and consents to steps that several must take."""

from typing import ClassVar

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    """Two tables."""

    dependencies: ClassVar = [("casework", "0080_denials")]
    operations: ClassVar = [
        migrations.CreateModel(
            name="SavedView",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("name", models.CharField(max_length=40)),
                ("query", models.JSONField()),
                ("made", models.DateTimeField()),
                ("account", models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.CASCADE, to=settings.AUTH_USER_MODEL)),
            ],
            options={"constraints": [models.UniqueConstraint(fields=("account", "name"), name="savedview_once")]},
        ),
        migrations.CreateModel(
            name="Consent",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("seq", models.IntegerField()),
                ("step", models.CharField(max_length=120)),
                ("entity", models.CharField(max_length=80)),
                ("account", models.CharField(max_length=60)),
                ("role", models.CharField(max_length=60)),
                ("given", models.DateTimeField()),
                (
                    "case",
                    models.ForeignKey(db_constraint=False, db_index=False, on_delete=django.db.models.deletion.CASCADE, to="casework.case"),
                ),
            ],
            options={
                "constraints": [models.UniqueConstraint(fields=("case", "seq", "step", "entity", "account"), name="consent_once")],
            },
        ),
    ]
