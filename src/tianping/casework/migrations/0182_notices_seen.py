"""已签收 · The notices that somebody has seen, newest first."""

from typing import ClassVar

from django.db import migrations, models


class Migration(migrations.Migration):
    """An index for a page of them."""

    dependencies: ClassVar = [("casework", "0183_stage_once")]
    operations: ClassVar = [
        migrations.AddIndex(
            model_name="notice",
            index=models.Index(fields=["organisation", "-id"], condition=models.Q(seen__isnull=False), name="notice_seen"),
        ),
    ]
