"""升级后重算 · The limits of open cases reckoned anew after an upgrade, and the clocks that were written."""

from typing import ClassVar

import django.db.models.deletion
from django.db import migrations, models

ID = models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")


class Migration(migrations.Migration):
    """Two tables."""

    dependencies: ClassVar = [("casework", "0182_notices_seen")]
    operations: ClassVar = [
        migrations.CreateModel(
            name="Renewal",
            fields=[
                ("id", ID),
                ("release", models.CharField(max_length=60)),
                ("begun", models.DateTimeField()),
                ("total", models.IntegerField()),
                ("looked", models.IntegerField(default=0)),
                ("moved", models.IntegerField(default=0)),
                ("ended", models.DateTimeField(null=True)),
            ],
        ),
        migrations.CreateModel(
            name="RenewedClock",
            fields=[
                ("id", ID),
                ("case_id", models.BigIntegerField()),
                ("organisation", models.BigIntegerField()),
                ("procedure", models.CharField(max_length=60)),
                ("code", models.CharField(max_length=120)),
                ("was", models.DateTimeField(null=True)),
                ("now", models.DateTimeField(null=True)),
                ("timed", models.BooleanField()),
                ("was_provisional", models.BooleanField()),
                ("now_provisional", models.BooleanField()),
                ("was_status", models.CharField(max_length=20)),
                ("now_status", models.CharField(max_length=20)),
                (
                    "renewal",
                    models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.CASCADE, related_name="clocks", to="casework.renewal"),
                ),
            ],
            options={"indexes": [models.Index(fields=["renewal", "id"], name="renewedclock_page")]},
        ),
    ]
