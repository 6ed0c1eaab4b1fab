"""钟点 · The hour and the place of a day on which people meet."""

from typing import ClassVar

from django.db import migrations, models


class Migration(migrations.Migration):
    """Two columns; no case had them before."""

    dependencies: ClassVar = [("casework", "0145_summaries")]
    operations: ClassVar = [
        migrations.AddField(model_name="appointment", name="hour", field=models.CharField(default="", max_length=5)),
        migrations.AddField(model_name="appointment", name="place", field=models.CharField(default="", max_length=120)),
    ]
