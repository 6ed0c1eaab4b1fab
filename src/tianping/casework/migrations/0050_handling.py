"""承办 · What lies around a case: its team, marks, comments, documents, changes; institutions that were merged; parties that joined and left."""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("casework", "0010_visibility"),
    ]

    operations = [
        migrations.CreateModel(
            name="Content",
            fields=[
                ("sha256", models.CharField(max_length=64, primary_key=True, serialize=False)),
                ("size", models.BigIntegerField()),
                ("kind", models.CharField(max_length=100)),
                ("kept", models.DateTimeField()),
            ],
        ),
        migrations.AddField(
            model_name="organisation",
            name="successor",
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name="merged", to="casework.organisation"),
        ),
        migrations.AddField(
            model_name="party",
            name="authority",
            field=models.CharField(db_default="", max_length=40),
        ),
        migrations.AddField(
            model_name="party",
            name="joined",
            field=models.DateTimeField(null=True),
        ),
        migrations.AddField(
            model_name="party",
            name="left",
            field=models.DateTimeField(null=True),
        ),
        migrations.AddField(
            model_name="party",
            name="left_why",
            field=models.CharField(db_default="", max_length=200),
        ),
        migrations.AddField(
            model_name="party",
            name="replaces",
            field=models.OneToOneField(null=True, on_delete=django.db.models.deletion.PROTECT, related_name="replaced_by", to="casework.party"),
        ),
        migrations.CreateModel(
            name="Change",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("at", models.DateTimeField()),
                ("account", models.CharField(max_length=60)),
                ("organisation", models.BigIntegerField(null=True)),
                ("case_id", models.BigIntegerField(null=True)),
                ("act", models.CharField(max_length=40)),
                ("subject", models.CharField(max_length=80)),
                ("reason", models.CharField(default="", max_length=400)),
                ("body", models.JSONField(default=dict)),
            ],
            options={
                "indexes": [
                    models.Index(condition=models.Q(("case_id__isnull", False)), fields=["case_id", "id"], name="change_case"),
                    models.Index(fields=["subject", "id"], name="change_subject"),
                ],
            },
        ),
        migrations.CreateModel(
            name="Charge",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("code", models.CharField(default="", max_length=120)),
                ("case", models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.CASCADE, related_name="charges", to="casework.case")),
                ("post", models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to="casework.post")),
            ],
            options={
                "constraints": [models.UniqueConstraint(fields=("case", "code"), name="charge_once")],
            },
        ),
        migrations.CreateModel(
            name="Comment",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("written", models.DateTimeField()),
                ("account", models.CharField(max_length=60)),
                ("organisation", models.BigIntegerField()),
                ("words", models.TextField()),
                ("withdrawn", models.DateTimeField(null=True)),
                ("withdrawn_by", models.CharField(default="", max_length=60)),
                ("case", models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name="comments", to="casework.case")),
            ],
            options={
                "indexes": [models.Index(fields=["case", "-id"], name="comment_case")],
            },
        ),
        migrations.CreateModel(
            name="Document",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("seq", models.IntegerField(null=True)),
                ("name", models.CharField(max_length=200)),
                ("version", models.IntegerField(default=1)),
                ("filed", models.DateTimeField()),
                ("account", models.CharField(max_length=60)),
                ("withdrawn", models.DateTimeField(null=True)),
                (
                    "case",
                    models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name="documents", to="casework.case"),
                ),
                ("content", models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="documents", to="casework.content")),
                (
                    "replaces",
                    models.OneToOneField(null=True, on_delete=django.db.models.deletion.PROTECT, related_name="replaced_by", to="casework.document"),
                ),
            ],
            options={
                "indexes": [models.Index(fields=["case", "-id"], name="document_case")],
            },
        ),
        migrations.CreateModel(
            name="Flag",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("code", models.CharField(max_length=40)),
                ("basis", models.CharField(max_length=200)),
                ("raised", models.DateTimeField()),
                ("raised_by", models.CharField(max_length=60)),
                ("review_on", models.DateField()),
                ("lowered", models.DateTimeField(null=True)),
                ("lowered_by", models.CharField(default="", max_length=60)),
                ("case", models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.CASCADE, related_name="marks", to="casework.case")),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(condition=models.Q(("lowered__isnull", True)), fields=("case", "code"), name="flag_standing_once")
                ],
            },
        ),
        migrations.CreateModel(
            name="TeamMember",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("capacity", models.CharField(max_length=60)),
                ("since", models.DateField()),
                ("until", models.DateField(null=True)),
                ("shut", models.BooleanField(default=False)),
                ("case", models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.CASCADE, related_name="team", to="casework.case")),
                ("post", models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to="casework.post")),
            ],
            options={
                "indexes": [models.Index(condition=models.Q(("shut", False), ("until__isnull", False)), fields=["until"], name="team_ending")],
                "constraints": [models.UniqueConstraint(fields=("case", "post", "capacity", "since"), name="team_once")],
            },
        ),
    ]
