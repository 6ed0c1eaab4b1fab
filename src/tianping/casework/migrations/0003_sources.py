"""来源 · The platforms that cases come through."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("casework", "0002_ledger_is_append_only"),
    ]

    operations = [
        migrations.CreateModel(
            name="Source",
            fields=[
                ("code", models.CharField(max_length=60, primary_key=True, serialize=False)),
                ("zh", models.CharField(max_length=120)),
                ("en", models.CharField(max_length=160)),
            ],
        ),
    ]
