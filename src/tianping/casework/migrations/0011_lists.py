"""列表索引 · The list by last day is read from its index alone; the index that the primary key replaced goes."""

from typing import ClassVar

from django.db import migrations

INDEXES = """
drop index if exists casework_visibility_case_id_91c4e7b7;
drop index visibility_due;
create index visibility_due on casework_visibility (key_id, level, (coalesce(due, 'infinity'::timestamptz)), case_id) include (due)
  where lifecycle = 0;
"""


class Migration(migrations.Migration):
    """No row is touched."""

    dependencies: ClassVar = [("casework", "0022_cache")]
    operations: ClassVar = [migrations.RunSQL(INDEXES, migrations.RunSQL.noop)]
