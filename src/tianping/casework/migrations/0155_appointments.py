"""日程 · The table of hearings and other days on which people meet, filled from the cases that stand."""

from typing import ClassVar

import django.db.models.deletion
from django.db import migrations, models

FILLED = """insert into casework_appointment (case_id, track, entity, fact, day)
select c.id, '', '', f.fact, (c.facts ->> f.fact)::date from casework_case c join casework_definition d on d.id = c.definition_id
join (values ('first_instance_civil', 'hearing_on'), ('criminal_case', 'hearing_on'), ('cooperation', 'meeting_on'), ('cooperation', 'action_on'),
  ('file_reading', 'slot')) as f(procedure, fact) on f.procedure = d.code where c.facts ->> f.fact is not null"""


class Migration(migrations.Migration):
    """One table, written by the step itself."""

    dependencies: ClassVar = [("casework", "0150_calendars")]
    operations: ClassVar = [
        migrations.CreateModel(
            name="Appointment",
            fields=[
                (
                    "pk",
                    models.CompositePrimaryKey("case_id", "track", "entity", "fact", blank=True, editable=False, primary_key=True, serialize=False),
                ),
                ("track", models.CharField(max_length=60)),
                ("entity", models.CharField(max_length=80)),
                ("fact", models.CharField(max_length=60)),
                ("day", models.DateField()),
                (
                    "case",
                    models.ForeignKey(db_constraint=False, db_index=False, on_delete=django.db.models.deletion.CASCADE, to="casework.case"),
                ),
            ],
            options={"indexes": [models.Index(fields=["day", "case"], name="appointment_day")]},
        ),
        migrations.RunSQL(FILLED, migrations.RunSQL.noop),
    ]
