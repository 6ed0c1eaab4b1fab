"""未写收件机构的移送 · A referral whose receiver was not named stands in sight, as unaddressed, until somebody names it."""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    """A receiver may be lacking; a state may be a little longer."""

    dependencies = [("casework", "0120_writs")]

    operations = [
        migrations.AlterField(
            model_name="referral",
            name="receiver",
            field=models.ForeignKey(
                db_index=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="casework.organisation"
            ),
        ),
        migrations.AlterField(model_name="referral", name="state", field=models.CharField(default="sent", max_length=12)),
    ]
