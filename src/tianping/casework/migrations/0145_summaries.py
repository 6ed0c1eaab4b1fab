"""每日汇总外发 · A message to a robot is about the notices of a minute or about the day's digest; each is sent once."""

from typing import ClassVar

from django.db import migrations, models


class Migration(migrations.Migration):
    """One column, and what may stand once."""

    dependencies: ClassVar = [("casework", "0154_registers")]
    operations: ClassVar = [
        migrations.AddField("posting", "about", models.CharField(max_length=10, default="notices", db_default="notices")),
        migrations.RemoveConstraint("posting", "posting_once"),
        migrations.AddConstraint("posting", models.UniqueConstraint(fields=["robot", "about", "upto"], name="posting_once")),
    ]
