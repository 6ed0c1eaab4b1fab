"""少建索引 · The indexes that nothing reads go, so that a step changes its case in place and adds nothing to any index of it."""

from typing import ClassVar

from django.db import migrations, models


class Migration(migrations.Migration):
    """No row is touched."""

    dependencies: ClassVar = [("casework", "0130_unaddressed_referrals")]
    operations: ClassVar = [
        migrations.RemoveIndex("case", "case_updated"),
        migrations.RemoveIndex("case", "case_due"),
        migrations.RemoveIndex("event", "event_recorded"),
        migrations.AlterField("case", "number", models.CharField(max_length=60, null=True)),
        migrations.AddConstraint("case", models.UniqueConstraint(fields=["number"], name="case_number")),
    ]
