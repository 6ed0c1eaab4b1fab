"""随程序的法律 · Of each renewal of the limits: under which law, after which release, and why."""

from typing import ClassVar

from django.db import migrations, models


class Migration(migrations.Migration):
    """Three columns."""

    dependencies: ClassVar = [("casework", "0184_renewed")]
    operations: ClassVar = [
        migrations.AddField("renewal", "before", models.CharField(max_length=60, default="")),
        migrations.AddField("renewal", "law", models.CharField(max_length=64, default="")),
        migrations.AddField("renewal", "reason", models.CharField(max_length=300, default="")),
    ]
