"""推送行按索引 · The triggers that keep the roll-up of referrals look up one case at a time: by index, whatever the planner thinks of tables just filled.

After a set of a hundred thousand cases, in one transaction, nothing has been analysed, and a plan that reads the ledger as a whole would be made once
and used for each of them.
"""

from typing import ClassVar

from django.db import migrations

MADE, RUN = "casework_pushed_made(bigint, text)", "casework_pushed_run()"
BY_INDEX = f"alter function {MADE} set enable_seqscan = off; alter function {RUN} set enable_seqscan = off;"
AS_PLANNED = f"alter function {MADE} reset enable_seqscan; alter function {RUN} reset enable_seqscan;"


class Migration(migrations.Migration):
    """Settings of two functions."""

    dependencies: ClassVar = [("casework", "0121_postings")]

    operations: ClassVar = [migrations.RunSQL(BY_INDEX, AS_PLANNED)]
