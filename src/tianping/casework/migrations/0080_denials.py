"""未记的拒绝 · How many denials were counted and not written."""

from typing import ClassVar

from django.db import migrations, models


class Migration(migrations.Migration):
    """One table: a row for each account that is denied faster than rows are written."""

    dependencies: ClassVar = [("casework", "0060_imports")]
    operations: ClassVar = [
        migrations.CreateModel(
            name="Denials",
            fields=[("account", models.BigIntegerField(primary_key=True, serialize=False)), ("unwritten", models.IntegerField())],
        )
    ]
