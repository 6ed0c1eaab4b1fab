"""通报 · Messages that left the house, and the attempts to deliver each."""

from typing import ClassVar

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    """Two tables."""

    dependencies: ClassVar = [("casework", "0135_fewer_indexes")]
    operations: ClassVar = [
        migrations.CreateModel(
            name="Posting",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("robot", models.CharField(max_length=60)),
                ("upto", models.BigIntegerField()),
                ("made", models.DateTimeField()),
                ("count", models.IntegerField()),
                ("zh", models.TextField()),
                ("en", models.TextField()),
                ("due", models.DateTimeField()),
                ("tries", models.IntegerField(default=0)),
                ("sent", models.DateTimeField(null=True)),
                ("dead", models.DateTimeField(null=True)),
            ],
            options={
                "indexes": [
                    models.Index(condition=models.Q(("dead__isnull", True), ("sent__isnull", True)), fields=["due"], name="posting_waiting"),
                    models.Index(fields=["-id"], name="posting_latest"),
                ],
                "constraints": [models.UniqueConstraint(fields=("robot", "upto"), name="posting_once")],
            },
        ),
        migrations.CreateModel(
            name="PostingTry",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("robot", models.CharField(max_length=60)),
                ("tried", models.DateTimeField()),
                ("result", models.CharField(max_length=10)),
                ("error", models.CharField(db_default="", default="", max_length=200)),
                (
                    "posting",
                    models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name="attempts", to="casework.posting"),
                ),
            ],
            options={"indexes": [models.Index(fields=["robot", "-tried"], name="postingtry_pace")]},
        ),
    ]
