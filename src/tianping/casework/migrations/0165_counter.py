"""窗口核验记录 · The checks of identity that an institution made are found by index."""

from typing import ClassVar

from django.db import migrations, models


class Migration(migrations.Migration):
    """An index over the few rows that are such checks."""

    dependencies: ClassVar = [("casework", "0116_sealed")]

    operations: ClassVar = [
        migrations.AddIndex(
            model_name="change",
            index=models.Index(
                condition=models.Q(("act__in", ["citizen.identified", "citizen.unidentified"])), fields=["organisation", "-id"], name="change_counter"
            ),
        )
    ]
