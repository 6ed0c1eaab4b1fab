"""名册 · Invited mediation bodies and mediators."""

from typing import ClassVar

import django.contrib.postgres.fields
import django.db.models.deletion
from django.db import migrations, models

PROTECT = django.db.models.deletion.PROTECT


class Migration(migrations.Migration):
    """One table."""

    dependencies: ClassVar = [("casework", "0153_security_log_by_index")]
    operations: ClassVar = [
        migrations.CreateModel(
            name="RegisterEntry",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("kind", models.CharField(max_length=10)),
                ("sort", models.CharField(default="", max_length=12)),
                ("name", models.CharField(max_length=120)),
                ("fields", django.contrib.postgres.fields.ArrayField(base_field=models.CharField(max_length=40), default=list, size=None)),
                ("certificate", models.CharField(default="", max_length=60)),
                ("trained", models.DateField(null=True)),
                ("phone", models.CharField(default="", max_length=30)),
                ("valid_from", models.DateField()),
                ("valid_to", models.DateField(null=True)),
                ("reason", models.CharField(default="", max_length=200)),
                ("added", models.DateTimeField()),
                ("account", models.BigIntegerField()),
                ("body", models.ForeignKey(null=True, on_delete=PROTECT, related_name="members", to="casework.registerentry")),
                ("court", models.ForeignKey(db_index=False, on_delete=PROTECT, related_name="+", to="casework.organisation")),
            ],
            options={
                "indexes": [models.Index(fields=["court", "id"], name="registerentry_court")],
                "constraints": [models.CheckConstraint(condition=models.Q(("kind__in", ("body", "mediator"))), name="registerentry_kind")],
            },
        ),
    ]
