"""群众 · Who acts for himself, the codes that he signs in and looks with, what he signs beside others, what he has not handed in yet."""

import django.db.models.deletion
from django.db import migrations, models

LATER = django.db.models.deletion.PROTECT
GONE = django.db.models.deletion.CASCADE


class Migration(migrations.Migration):
    """A key may be a citizen's; a party may be a citizen; a document may be shown to the parties."""

    dependencies = [("casework", "0105_desk")]
    operations = [
        migrations.CreateModel(
            name="Citizen",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("phone", models.CharField(max_length=20, unique=True)),
                ("name", models.CharField(default="", max_length=80)),
                ("identity", models.CharField(default="", max_length=30)),
                ("identified", models.DateTimeField(null=True)),
                ("identified_by", models.CharField(default="", max_length=20)),
                ("made", models.DateTimeField()),
            ],
        ),
        migrations.CreateModel(
            name="PhoneCode",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("phone", models.BinaryField(max_length=32, unique=True)),
                ("digest", models.BinaryField(max_length=32)),
                ("expires", models.DateTimeField()),
                ("tries", models.SmallIntegerField(default=0)),
                ("used", models.DateTimeField(null=True)),
            ],
        ),
        migrations.CreateModel(
            name="CaseCode",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("digest", models.BinaryField(max_length=32)),
                ("made", models.DateTimeField()),
                ("case", models.ForeignKey(db_index=False, on_delete=GONE, related_name="codes", to="casework.case")),
                ("citizen", models.ForeignKey(on_delete=GONE, related_name="codes", to="casework.citizen")),
            ],
            options={"constraints": [models.UniqueConstraint(fields=("case", "citizen"), name="casecode_once")]},
        ),
        migrations.CreateModel(
            name="PartySignature",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("seq", models.IntegerField()),
                ("step", models.CharField(max_length=60)),
                ("entity", models.CharField(default="", max_length=80)),
                ("role", models.CharField(max_length=60)),
                ("account", models.CharField(max_length=60)),
                ("facts", models.JSONField(default=dict)),
                ("signed", models.DateTimeField()),
                ("case", models.ForeignKey(db_index=False, on_delete=GONE, related_name="signatures", to="casework.case")),
            ],
            options={
                "constraints": [models.UniqueConstraint(fields=("case", "seq", "step", "entity", "account"), name="partysignature_once")],
            },
        ),
        migrations.CreateModel(
            name="Draft",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("procedure", models.CharField(max_length=60)),
                ("written", models.JSONField(default=dict)),
                ("saved", models.DateTimeField()),
                ("handed_in", models.DateTimeField(null=True)),
                ("case", models.OneToOneField(null=True, on_delete=GONE, related_name="draft", to="casework.case")),
                ("citizen", models.ForeignKey(on_delete=GONE, related_name="drafts", to="casework.citizen")),
                (
                    "organisation",
                    models.ForeignKey(db_index=False, null=True, on_delete=LATER, related_name="+", to="casework.organisation"),
                ),
            ],
            options={"indexes": [models.Index(fields=["citizen", "-saved"], name="draft_citizen")]},
        ),
        migrations.AddField(model_name="document", name="shown", field=models.DateTimeField(null=True)),
        migrations.AlterField(
            model_name="accesskey",
            name="organisation",
            field=models.ForeignKey(db_index=False, null=True, on_delete=LATER, to="casework.organisation"),
        ),
        migrations.AddField(
            model_name="accesskey",
            name="citizen",
            field=models.OneToOneField(null=True, on_delete=LATER, related_name="key", to="casework.citizen"),
        ),
        migrations.AddConstraint(
            model_name="accesskey",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("citizen__isnull", True), ("organisation__isnull", False)),
                    models.Q(("capacity", "party"), ("citizen__isnull", False), ("organisation__isnull", True)),
                    _connector="OR",
                ),
                name="accesskey_whose",
            ),
        ),
        migrations.AddField(
            model_name="party",
            name="citizen",
            field=models.ForeignKey(null=True, on_delete=LATER, related_name="parties", to="casework.citizen"),
        ),
        migrations.AddIndex(
            model_name="party",
            index=models.Index(
                condition=models.Q(("citizen__isnull", True), ("left__isnull", True), models.Q(("phone", ""), _negated=True)),
                fields=["phone"],
                name="party_phone",
            ),
        ),
    ]
