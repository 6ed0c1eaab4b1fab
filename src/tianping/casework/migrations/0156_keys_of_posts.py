"""岗位钥匙 · A case may be opened to a post alone: a message to a judge is not for the whole court."""

from typing import ClassVar

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    """A column, and whose a key may be."""

    dependencies: ClassVar = [("casework", "0151_imports_on_pages")]
    operations: ClassVar = [
        migrations.AddField(
            model_name="accesskey",
            name="post",
            field=models.OneToOneField(null=True, on_delete=django.db.models.deletion.PROTECT, related_name="key", to="casework.post"),
        ),
        migrations.RemoveConstraint(model_name="accesskey", name="accesskey_whose"),
        migrations.AddConstraint(
            model_name="accesskey",
            constraint=models.CheckConstraint(
                condition=models.Q(organisation__isnull=False, citizen__isnull=True, post__isnull=True)
                | models.Q(organisation__isnull=True, citizen__isnull=False, post__isnull=True, capacity="party")
                | models.Q(organisation__isnull=True, citizen__isnull=True, post__isnull=False, capacity="handle"),
                name="accesskey_whose",
            ),
        ),
    ]
