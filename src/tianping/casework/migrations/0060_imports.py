"""导入记录 · Which file was imported, and which case each of its keys became."""

from typing import ClassVar

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    """Two tables. A key stands once for an institution and a procedure."""

    dependencies: ClassVar = [("casework", "0011_lists")]
    operations: ClassVar = [
        migrations.CreateModel(
            name="ImportRun",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("procedure", models.CharField(max_length=60)),
                ("file", models.CharField(max_length=200)),
                ("digest", models.BinaryField(max_length=32)),
                ("at", models.DateTimeField()),
                ("account", models.BigIntegerField(null=True)),
            ],
        ),
        migrations.CreateModel(
            name="ImportedKey",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("procedure", models.CharField(max_length=60)),
                ("key", models.CharField(max_length=200)),
                ("digest", models.BinaryField(max_length=32)),
                ("case", models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to="casework.case")),
                (
                    "organisation",
                    models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, to="casework.organisation"),
                ),
                ("run", models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="keys", to="casework.importrun")),
            ],
            options={
                "constraints": [models.UniqueConstraint(fields=("organisation", "procedure", "key"), name="importedkey_once")],
            },
        ),
    ]
