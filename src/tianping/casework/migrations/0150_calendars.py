"""放假安排 · Notices that are only added to, and the reckonings under them."""

from typing import ClassVar

import django.db.models.deletion
from django.db import migrations, models

REFUSE = """
create function casework_calendarnotice_refuse() returns trigger language plpgsql as $$
begin
  raise exception 'OPS-301 放假通知只增不改 · a loaded notice is kept as it is: % of casework_calendarnotice', tg_op using errcode = 'restrict_violation';
end $$;
create trigger calendarnotice_rows before update or delete on casework_calendarnotice for each row execute function casework_calendarnotice_refuse();
create trigger calendarnotice_table before truncate on casework_calendarnotice for each statement execute function casework_calendarnotice_refuse();
"""
ALLOW = "drop function casework_calendarnotice_refuse() cascade;"
GRANT = """
do $$ begin
  if exists (select from pg_roles where rolname = 'tianping_app') and current_user <> 'tianping_app' then
    revoke update, delete on casework_calendarnotice from tianping_app;
  end if;
end $$;
"""
ID = models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")
PROTECT, CASCADE = django.db.models.deletion.PROTECT, django.db.models.deletion.CASCADE


class Migration(migrations.Migration):
    """Three tables; one of them append-only."""

    dependencies: ClassVar = [("casework", "0165_counter")]
    operations: ClassVar = [
        migrations.CreateModel(
            name="CalendarNotice",
            fields=[
                ("id", ID),
                ("year", models.SmallIntegerField()),
                ("days", models.JSONField()),
                ("mark", models.CharField(max_length=64)),
                ("source", models.CharField(max_length=300)),
                ("issued", models.DateField()),
                ("loaded", models.DateTimeField()),
                ("account", models.BigIntegerField()),
                ("replaces", models.OneToOneField(null=True, on_delete=PROTECT, related_name="replaced_by", to="casework.calendarnotice")),
            ],
        ),
        migrations.CreateModel(
            name="Reckoning",
            fields=[
                ("id", ID),
                ("year", models.SmallIntegerField()),
                ("days", models.JSONField()),
                ("source", models.CharField(max_length=300)),
                ("issued", models.DateField()),
                ("base", models.CharField(default="", max_length=64)),
                ("account", models.BigIntegerField()),
                ("begun", models.DateTimeField()),
                ("total", models.IntegerField()),
                ("done", models.IntegerField(default=0)),
                ("reckoned", models.IntegerField(default=0)),
                ("moved", models.IntegerField(default=0)),
                ("settled", models.IntegerField(default=0)),
                ("after", models.BigIntegerField(default=0)),
                ("ended", models.DateTimeField(null=True)),
                ("swept", models.DateTimeField(null=True)),
                ("notice", models.OneToOneField(null=True, on_delete=PROTECT, related_name="reckoning", to="casework.calendarnotice")),
            ],
            options={
                "indexes": [
                    models.Index(condition=models.Q(("ended__isnull", True)), fields=["id"], name="reckoning_unended"),
                    models.Index(condition=models.Q(("notice__isnull", False), ("swept__isnull", True)), fields=["id"], name="reckoning_unswept"),
                ],
            },
        ),
        migrations.CreateModel(
            name="MovedClock",
            fields=[
                ("id", ID),
                ("case_id", models.BigIntegerField()),
                ("organisation", models.BigIntegerField()),
                ("procedure", models.CharField(max_length=60)),
                ("code", models.CharField(max_length=120)),
                ("was", models.DateTimeField()),
                ("now", models.DateTimeField()),
                ("timed", models.BooleanField()),
                ("was_provisional", models.BooleanField()),
                ("now_provisional", models.BooleanField()),
                ("reckoning", models.ForeignKey(db_index=False, on_delete=CASCADE, related_name="clocks", to="casework.reckoning")),
            ],
            options={"indexes": [models.Index(fields=["reckoning", "id"], name="movedclock_page")]},
        ),
        migrations.RunSQL(REFUSE, ALLOW),
        migrations.RunSQL(GRANT, migrations.RunSQL.noop),
    ]
