"""并案标记 · Which cases were ever merged with another (decision 181); room for the number of a case before the names of the runs that came from it."""

from typing import ClassVar

from django.db import migrations, models

NAMED = ("run", "clock", "pausespan", "grant", "watched", "appointment", "notice")
MARKED = """update casework_case set joined = true
where id in (select e.case_id from casework_event e where e."into" is not null union select e."into" from casework_event e where e."into" is not null)"""


class Migration(migrations.Migration):
    """A column, an index of the few events that merge, and longer names."""

    dependencies: ClassVar = [("casework", "0184_renewed_law")]
    operations: ClassVar = [
        *(migrations.AlterField(model_name=name, name="entity", field=models.CharField(max_length=100)) for name in NAMED),
        migrations.AddIndex(model_name="event", index=models.Index(fields=["into"], condition=models.Q(("into__isnull", False)), name="event_into")),
        migrations.AddField(model_name="case", name="joined", field=models.BooleanField(db_default=False, default=False)),
        migrations.RunSQL(MARKED, migrations.RunSQL.noop),
    ]
