"""初始表 · The first tables of the operate engine."""

import django.contrib.postgres.fields
import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True

    dependencies = []

    operations = [
        migrations.CreateModel(
            name="Checkpoint",
            fields=[
                ("number", models.BigIntegerField(primary_key=True, serialize=False)),
                ("taken", models.DateTimeField()),
                ("events", models.BigIntegerField()),
                ("root", models.BinaryField(max_length=32)),
                ("previous", models.BinaryField(max_length=32)),
                ("signature", models.BinaryField(max_length=64)),
                ("key_id", models.CharField(max_length=64)),
            ],
        ),
        migrations.CreateModel(
            name="Person",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("name", models.CharField(max_length=80)),
            ],
        ),
        migrations.CreateModel(
            name="Definition",
            fields=[
                ("id", models.SmallAutoField(primary_key=True, serialize=False)),
                ("code", models.CharField(max_length=60)),
                ("version", models.DateField()),
            ],
            options={
                "constraints": [models.UniqueConstraint(fields=("code", "version"), name="definition_once")],
            },
        ),
        migrations.CreateModel(
            name="Case",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("stage", models.CharField(max_length=60)),
                ("lifecycle", models.SmallIntegerField(default=0)),
                ("level", models.SmallIntegerField(default=0)),
                ("flags", django.contrib.postgres.fields.ArrayField(base_field=models.CharField(max_length=40), default=list, size=None)),
                ("seq", models.IntegerField()),
                ("head", models.BinaryField(max_length=32)),
                ("number", models.CharField(max_length=60, null=True, unique=True)),
                ("title", models.CharField(max_length=200)),
                ("facts", models.JSONField(default=dict)),
                ("due", models.DateTimeField(null=True)),
                ("source", models.CharField(default="", max_length=60)),
                ("opened", models.DateTimeField()),
                ("updated", models.DateTimeField()),
                ("open_key", models.UUIDField(null=True)),
                ("definition", models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, to="casework.definition")),
            ],
        ),
        migrations.CreateModel(
            name="Event",
            fields=[
                ("pk", models.CompositePrimaryKey("case_id", "seq", blank=True, editable=False, primary_key=True, serialize=False)),
                ("case_id", models.BigIntegerField()),
                ("seq", models.IntegerField()),
                ("track", models.CharField(max_length=60)),
                ("entity", models.CharField(max_length=80)),
                ("step", models.CharField(max_length=120)),
                ("happened", models.DateTimeField()),
                ("recorded", models.DateTimeField()),
                ("voids", models.IntegerField(null=True)),
                ("organisation", models.IntegerField()),
                ("signers", models.JSONField()),
                ("recorder", models.CharField(max_length=60)),
                ("into", models.BigIntegerField(null=True)),
                ("key", models.UUIDField(null=True)),
                ("request", models.BinaryField(max_length=32, null=True)),
                ("payload", models.JSONField(null=True)),
                ("payload_hash", models.BinaryField(max_length=32)),
                ("hash", models.BinaryField(max_length=32)),
            ],
            options={
                "indexes": [models.Index(fields=["recorded"], name="event_recorded")],
                "constraints": [models.UniqueConstraint(condition=models.Q(("key__isnull", False)), fields=("case_id", "key"), name="event_key")],
            },
        ),
        migrations.CreateModel(
            name="Grant",
            fields=[
                (
                    "pk",
                    models.CompositePrimaryKey(
                        "case_id", "code", "entity", "since_seq", "granted_seq", blank=True, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("code", models.CharField(max_length=120)),
                ("entity", models.CharField(max_length=80)),
                ("since_seq", models.IntegerField()),
                ("granted_seq", models.IntegerField()),
                ("case", models.ForeignKey(db_constraint=False, db_index=False, on_delete=django.db.models.deletion.CASCADE, to="casework.case")),
            ],
        ),
        migrations.CreateModel(
            name="Organisation",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("code", models.CharField(max_length=60, unique=True)),
                ("kind", models.CharField(max_length=40)),
                ("path", models.CharField(default="", max_length=200)),
                ("zh", models.CharField(max_length=120)),
                ("en", models.CharField(max_length=160)),
                ("division", models.CharField(default="", max_length=6)),
                ("court_code", models.CharField(default="", max_length=12)),
                ("valid_from", models.DateField(null=True)),
                ("valid_to", models.DateField(null=True)),
                ("status", models.CharField(default="local", max_length=10)),
                ("source", models.CharField(default="", max_length=200)),
                (
                    "parent",
                    models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name="children", to="casework.organisation"),
                ),
            ],
        ),
        migrations.CreateModel(
            name="NumberCounter",
            fields=[
                ("pk", models.CompositePrimaryKey("organisation_id", "year", "kind", blank=True, editable=False, primary_key=True, serialize=False)),
                ("year", models.SmallIntegerField()),
                ("kind", models.CharField(max_length=20)),
                ("last", models.IntegerField()),
                ("organisation", models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, to="casework.organisation")),
            ],
        ),
        migrations.AddField(
            model_name="case",
            name="organisation",
            field=models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, to="casework.organisation"),
        ),
        migrations.CreateModel(
            name="AccessKey",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("capacity", models.CharField(max_length=20)),
                ("organisation", models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, to="casework.organisation")),
            ],
        ),
        migrations.CreateModel(
            name="Outbox",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("case_id", models.BigIntegerField()),
                ("seq", models.IntegerField()),
                ("topic", models.CharField(max_length=60)),
                ("body", models.JSONField()),
                ("created", models.DateTimeField()),
                ("done", models.DateTimeField(null=True)),
                ("tries", models.IntegerField(default=0)),
                ("error", models.TextField(default="")),
            ],
            options={
                "indexes": [models.Index(condition=models.Q(("done__isnull", True)), fields=["id"], name="outbox_open")],
            },
        ),
        migrations.CreateModel(
            name="Party",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("capacity", models.CharField(max_length=60)),
                ("kind", models.CharField(default="person", max_length=10)),
                ("name", models.CharField(max_length=120)),
                ("identity", models.CharField(default="", max_length=30)),
                ("phone", models.CharField(default="", max_length=30)),
                ("minor", models.BooleanField(default=False)),
                (
                    "acts_for",
                    models.ForeignKey(null=True, on_delete=django.db.models.deletion.CASCADE, related_name="representatives", to="casework.party"),
                ),
                ("case", models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name="parties", to="casework.case")),
            ],
        ),
        migrations.CreateModel(
            name="PauseSpan",
            fields=[
                (
                    "pk",
                    models.CompositePrimaryKey(
                        "case_id", "code", "entity", "since_seq", blank=True, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("code", models.CharField(max_length=120)),
                ("entity", models.CharField(max_length=80)),
                ("since_seq", models.IntegerField()),
                ("until_seq", models.IntegerField(null=True)),
                ("case", models.ForeignKey(db_constraint=False, db_index=False, on_delete=django.db.models.deletion.CASCADE, to="casework.case")),
            ],
        ),
        migrations.CreateModel(
            name="Account",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("password", models.CharField(max_length=128, verbose_name="password")),
                ("last_login", models.DateTimeField(blank=True, null=True, verbose_name="last login")),
                ("username", models.CharField(max_length=60, unique=True)),
                ("is_active", models.BooleanField(default=True)),
                ("administrator", models.CharField(default="", max_length=10)),
                ("replay", models.BooleanField(default=False)),
                ("person", models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name="accounts", to="casework.person")),
            ],
        ),
        migrations.CreateModel(
            name="Post",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("zh", models.CharField(max_length=80)),
                ("en", models.CharField(max_length=120)),
                ("valid_from", models.DateField()),
                ("valid_to", models.DateField(null=True)),
                (
                    "acting_for",
                    models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name="deputies", to="casework.post"),
                ),
                ("organisation", models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="posts", to="casework.organisation")),
                ("person", models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="posts", to="casework.person")),
            ],
        ),
        migrations.AddField(
            model_name="case",
            name="holder",
            field=models.ForeignKey(db_index=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="casework.post"),
        ),
        migrations.AddField(
            model_name="case",
            name="lead",
            field=models.ForeignKey(db_index=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="casework.post"),
        ),
        migrations.CreateModel(
            name="PostRole",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("role", models.CharField(max_length=60)),
                ("valid_from", models.DateField()),
                ("valid_to", models.DateField(null=True)),
                ("post", models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name="roles", to="casework.post")),
            ],
        ),
        migrations.CreateModel(
            name="Recusal",
            fields=[
                ("pk", models.CompositePrimaryKey("person_id", "case_id", blank=True, editable=False, primary_key=True, serialize=False)),
                ("ground", models.CharField(max_length=200)),
                ("since", models.DateTimeField()),
                ("case", models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, to="casework.case")),
                ("person", models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.CASCADE, to="casework.person")),
            ],
        ),
        migrations.CreateModel(
            name="Referral",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("entity", models.CharField(max_length=80)),
                ("part", models.CharField(max_length=60)),
                ("matter", models.CharField(max_length=60)),
                ("state", models.CharField(default="sent", max_length=10)),
                ("outcome", models.CharField(default="", max_length=60)),
                ("sent", models.DateTimeField()),
                ("ended", models.DateTimeField(null=True)),
                ("case", models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="sent", to="casework.case")),
                ("received", models.OneToOneField(null=True, on_delete=django.db.models.deletion.PROTECT, related_name="taken", to="casework.case")),
                ("receiver", models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, to="casework.organisation")),
            ],
        ),
        migrations.CreateModel(
            name="Run",
            fields=[
                ("pk", models.CompositePrimaryKey("case_id", "track", "entity", blank=True, editable=False, primary_key=True, serialize=False)),
                ("track", models.CharField(max_length=60)),
                ("entity", models.CharField(max_length=80)),
                ("stage", models.CharField(max_length=60)),
                ("facts", models.JSONField(default=dict)),
                ("case", models.ForeignKey(db_constraint=False, db_index=False, on_delete=django.db.models.deletion.CASCADE, to="casework.case")),
            ],
        ),
        migrations.CreateModel(
            name="Visibility",
            fields=[
                ("pk", models.CompositePrimaryKey("key_id", "case_id", blank=True, editable=False, primary_key=True, serialize=False)),
                ("level", models.SmallIntegerField(default=0)),
                ("lifecycle", models.SmallIntegerField()),
                ("due", models.DateTimeField(null=True)),
                ("case", models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.CASCADE, to="casework.case")),
                ("key", models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, to="casework.accesskey")),
            ],
        ),
        migrations.CreateModel(
            name="Clock",
            fields=[
                (
                    "pk",
                    models.CompositePrimaryKey(
                        "case_id", "code", "entity", "since_seq", blank=True, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("code", models.CharField(max_length=120)),
                ("entity", models.CharField(max_length=80)),
                ("since_seq", models.IntegerField()),
                ("since", models.DateTimeField()),
                ("due", models.DateTimeField()),
                ("timed", models.BooleanField()),
                ("fixed", models.BooleanField()),
                ("provisional", models.BooleanField()),
                ("status", models.CharField(max_length=10)),
                ("ended", models.IntegerField(null=True)),
                ("met_on", models.DateTimeField(null=True)),
                ("awaited", models.BooleanField()),
                ("case", models.ForeignKey(db_constraint=False, db_index=False, on_delete=django.db.models.deletion.CASCADE, to="casework.case")),
            ],
            options={
                "indexes": [models.Index(condition=models.Q(("ended__isnull", True), ("fixed", True)), fields=["due"], name="clock_open")],
            },
        ),
        migrations.AddIndex(
            model_name="organisation",
            index=models.Index(fields=["path"], name="organisation_path", opclasses=["text_pattern_ops"]),
        ),
        migrations.AddConstraint(
            model_name="accesskey",
            constraint=models.UniqueConstraint(fields=("organisation", "capacity"), name="accesskey_once"),
        ),
        migrations.AddConstraint(
            model_name="account",
            constraint=models.CheckConstraint(
                condition=models.Q(("administrator__in", ("", "system", "security", "audit"))), name="account_administrator"
            ),
        ),
        migrations.AddIndex(
            model_name="case",
            index=models.Index(fields=["-updated", "-id"], name="case_updated"),
        ),
        migrations.AddIndex(
            model_name="case",
            index=models.Index(condition=models.Q(("lifecycle", 0)), fields=["due", "id"], name="case_due"),
        ),
        migrations.AddConstraint(
            model_name="case",
            constraint=models.UniqueConstraint(
                condition=models.Q(("open_key__isnull", False)), fields=("organisation", "open_key"), name="case_open_key"
            ),
        ),
        migrations.AddConstraint(
            model_name="postrole",
            constraint=models.UniqueConstraint(fields=("post", "role", "valid_from"), name="postrole_once"),
        ),
        migrations.AddIndex(
            model_name="referral",
            index=models.Index(fields=["receiver", "state", "-id"], name="referral_inbox"),
        ),
        migrations.AddConstraint(
            model_name="referral",
            constraint=models.UniqueConstraint(fields=("case", "entity"), name="referral_once"),
        ),
        migrations.AddIndex(
            model_name="visibility",
            index=models.Index(condition=models.Q(("lifecycle", 0)), fields=["key", "due", "case"], name="visibility_due"),
        ),
    ]
