"""推送行 · The roll-up of referrals to mediation, kept by triggers when a transaction ends, and filled from what is there.

A row is made again from the ledger as a whole each time something that it tells has moved: its run, or the case that confirmed it.
"""

from typing import ClassVar

import django.db.models.deletion
from django.db import migrations, models

KEEP = """
create function casework_pushed_made(of_case bigint, of_entity text) returns void language plpgsql as $$
begin
  delete from casework_pushed p where p.case_id = of_case and p.entity = of_entity
    and not exists (select from casework_run r where r.case_id = of_case and r.track = 'mediation' and r.entity = of_entity);
  insert into casework_pushed (case_id, entity, organisation_id, source, sent, closed, outcome, confirmed, confirmation)
  select r.case_id, r.entity, c.organisation_id, c.source, s.happened, case when r.stage in ('answered', 'refused') then a.happened end,
    case when r.stage in ('answered', 'refused') then coalesce(r.facts ->> 'mediation_outcome', '') else '' end, x.happened, x.case_id
  from casework_run r join casework_case c on c.id = r.case_id
    cross join lateral (select min(e.happened) as happened from casework_event e
      where e.case_id = r.case_id and e.entity = r.entity and e.step = 'mediation.send'
        and not exists (select from casework_event v where v.case_id = e.case_id and v.voids = e.seq)) s
    cross join lateral (select max(e.happened) as happened from casework_event e
      where e.case_id = r.case_id and e.entity = r.entity and e.step in ('mediation.answer', 'mediation.refuse')
        and not exists (select from casework_event v where v.case_id = e.case_id and v.voids = e.seq)) a
    left join lateral (select e.case_id, max(e.happened) as happened
      from casework_referral f join casework_referral g on g.case_id = f.received_id and g.part = 'confirmation'
        join casework_run k on k.case_id = g.received_id and k.track = '' and k.stage = 'confirmed'
        join casework_event e on e.case_id = k.case_id and e.step = 'JudicialConfirmation.confirm'
      where f.case_id = r.case_id and f.entity = r.entity
        and not exists (select from casework_event v where v.case_id = e.case_id and v.voids = e.seq)
      group by e.case_id order by 2 limit 1) x on true
  where r.case_id = of_case and r.track = 'mediation' and r.entity = of_entity and s.happened is not null
  on conflict (case_id, entity) do update set sent = excluded.sent, closed = excluded.closed, outcome = excluded.outcome,
    confirmed = excluded.confirmed, confirmation = excluded.confirmation;
end $$;

create function casework_pushed_run() returns trigger language plpgsql as $$
declare
  moved record := case when tg_op = 'DELETE' then old else new end;
begin
  if moved.track = 'mediation' then
    perform casework_pushed_made(moved.case_id, moved.entity);
  else
    perform casework_pushed_made(f.case_id, f.entity)
    from casework_referral g join casework_referral f on f.received_id = g.case_id and f.part = 'mediation'
    where g.received_id = moved.case_id and g.part = 'confirmation';
  end if;
  return null;
end $$;

create constraint trigger pushed_begun after insert on casework_run deferrable initially deferred for each row
  when (new.track = 'mediation' or (new.track = '' and new.stage = 'confirmed')) execute function casework_pushed_run();
create constraint trigger pushed_moved after update on casework_run deferrable initially deferred for each row
  when ((new.track = 'mediation' or (new.track = '' and 'confirmed' in (new.stage, old.stage)))
    and (new.stage <> old.stage or new.facts <> old.facts)) execute function casework_pushed_run();
create constraint trigger pushed_struck after delete on casework_run deferrable initially deferred for each row
  when (old.track = 'mediation') execute function casework_pushed_run();
"""
LET_GO = "drop function casework_pushed_run() cascade; drop function casework_pushed_made(bigint, text);"
FILL = "select casework_pushed_made(case_id, entity) from casework_run where track = 'mediation'"


class Migration(migrations.Migration):
    """A table, three triggers, and the rows of what is in the ledger."""

    dependencies: ClassVar = [("casework", "0110_citizens")]
    operations: ClassVar = [
        migrations.CreateModel(
            name="Pushed",
            fields=[
                ("pk", models.CompositePrimaryKey("case_id", "entity", blank=True, editable=False, primary_key=True, serialize=False)),
                ("entity", models.CharField(max_length=80)),
                ("source", models.CharField(max_length=60)),
                ("sent", models.DateTimeField()),
                ("closed", models.DateTimeField(null=True)),
                ("outcome", models.CharField(default="", max_length=60)),
                ("confirmed", models.DateTimeField(null=True)),
                ("confirmation", models.BigIntegerField(null=True)),
                (
                    "case",
                    models.ForeignKey(db_constraint=False, db_index=False, on_delete=django.db.models.deletion.CASCADE, to="casework.case"),
                ),
                (
                    "organisation",
                    models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="casework.organisation"),
                ),
            ],
            options={
                "indexes": [
                    models.Index(fields=["-sent", "-case", "entity"], name="pushed_sent"),
                    models.Index(fields=["organisation", "source", "-sent", "-case", "entity"], name="pushed_place"),
                    models.Index(fields=["-sent", "-case", "entity"], condition=models.Q(closed__isnull=True), name="pushed_open"),
                    models.Index(fields=["-sent", "-case", "entity"], condition=models.Q(confirmed__isnull=False), name="pushed_confirmed"),
                ]
            },
        ),
        migrations.RunSQL(KEEP, LET_GO),
        migrations.RunSQL(FILL, migrations.RunSQL.noop),
    ]
