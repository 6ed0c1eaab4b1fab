"""安全日志按索引 · Who acted, of which kind, on which day: each question of the audit administrator has its index."""

from typing import ClassVar

from django.db import migrations, models


class Migration(migrations.Migration):
    """Three indexes."""

    dependencies: ClassVar = [("casework", "0152_city_parameters")]
    operations: ClassVar = [
        migrations.AddIndex(model_name="securityevent", index=models.Index(fields=["actor", "-id"], name="securityevent_actor")),
        migrations.AddIndex(model_name="securityevent", index=models.Index(fields=["actor", "kind", "-id"], name="securityevent_both")),
        migrations.AddIndex(model_name="securityevent", index=models.Index(fields=["-at", "-id"], name="securityevent_day")),
    ]
