"""封存索引 · The sealed cases by themselves: what leaves them out of a figure need not pass over all the others."""

from typing import ClassVar

from django.db import migrations, models


class Migration(migrations.Migration):
    """One small index."""

    dependencies: ClassVar = [("casework", "0136_pushed_by_index")]
    operations: ClassVar = [
        migrations.AddIndex(model_name="case", index=models.Index(fields=["id"], condition=models.Q(level__gt=0), name="case_sealed")),
    ]
