"""安全 · Tokens, codes, allowances, the security log; one administration for one person."""

import django.contrib.postgres.fields
import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("casework", "0003_sources"),
    ]

    operations = [
        migrations.CreateModel(
            name="Allowance",
            fields=[
                ("key", models.CharField(max_length=100, primary_key=True, serialize=False)),
                ("whole", models.DateTimeField()),
            ],
        ),
        migrations.CreateModel(
            name="OneTimeCode",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("purpose", models.CharField(max_length=10)),
                ("digest", models.BinaryField(max_length=32)),
                ("expires", models.DateTimeField()),
                ("tries", models.SmallIntegerField(default=0)),
                ("used", models.DateTimeField(null=True)),
            ],
        ),
        migrations.CreateModel(
            name="SecurityEvent",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("at", models.DateTimeField()),
                ("kind", models.CharField(max_length=30)),
                ("actor", models.BigIntegerField(null=True)),
                ("subject", models.BigIntegerField(null=True)),
                ("address", models.GenericIPAddressField(null=True)),
                ("detail", models.JSONField(default=dict)),
            ],
        ),
        migrations.CreateModel(
            name="Token",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("name", models.CharField(max_length=80)),
                ("digest", models.BinaryField(max_length=32, unique=True)),
                ("scopes", django.contrib.postgres.fields.ArrayField(base_field=models.CharField(max_length=10), size=None)),
                ("made", models.DateTimeField()),
                ("expires", models.DateTimeField()),
                ("used", models.DateTimeField(null=True)),
                ("revoked", models.DateTimeField(null=True)),
            ],
        ),
        migrations.AddConstraint(
            model_name="account",
            constraint=models.UniqueConstraint(
                condition=models.Q(("administrator", ""), _negated=True), fields=("person",), name="account_one_administration"
            ),
        ),
        migrations.AddField(
            model_name="onetimecode",
            name="account",
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name="codes", to="casework.account"),
        ),
        migrations.AddIndex(
            model_name="securityevent",
            index=models.Index(fields=["kind", "-id"], name="securityevent_kind"),
        ),
        migrations.AddIndex(
            model_name="securityevent",
            index=models.Index(fields=["subject", "-id"], name="securityevent_subject"),
        ),
        migrations.AddField(
            model_name="token",
            name="account",
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name="tokens", to="casework.account"),
        ),
        migrations.AddConstraint(
            model_name="onetimecode",
            constraint=models.UniqueConstraint(fields=("account", "purpose"), name="onetimecode_once"),
        ),
    ]
