"""平台清单索引 · What a figure's list filters by stands in the index, so that a figure that counts few rows does not visit the many it passes."""

from typing import ClassVar

from django.db import migrations, models

ORDER = ("-sent", "-case", "entity")
CONFIRMED = models.Q(("confirmed__isnull", False))


class Migration(migrations.Migration):
    """Two indexes with more in them, and one by platform and outcome."""

    dependencies: ClassVar = [("casework", "0186_joined")]
    operations: ClassVar = [
        *(migrations.RemoveIndex("pushed", name) for name in ("pushed_place", "pushed_confirmed")),
        migrations.AddIndex("pushed", models.Index(fields=["organisation", "source", *ORDER, "outcome", "confirmed"], name="pushed_place")),
        migrations.AddIndex("pushed", models.Index(fields=["source", "outcome", *ORDER, "confirmed"], name="pushed_outcome")),
        migrations.AddIndex("pushed", models.Index(fields=[*ORDER, "source", "organisation"], condition=CONFIRMED, name="pushed_confirmed")),
    ]
