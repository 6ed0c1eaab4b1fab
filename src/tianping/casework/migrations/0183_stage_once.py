"""环节只存一处 · The stage of a case stands in its own row only (decision 183): its run of no track, which said it again, goes.

The roll-up of referrals is told of a confirmation by the case's row, and by the runs of mediation alone.
"""

from typing import ClassVar

from django.db import migrations

ONCE = """
delete from casework_run where track = '';
drop trigger pushed_begun on casework_run;
drop trigger pushed_moved on casework_run;
create constraint trigger pushed_begun after insert on casework_run deferrable initially deferred for each row
  when (new.track = 'mediation') execute function casework_pushed_run();
create constraint trigger pushed_moved after update on casework_run deferrable initially deferred for each row
  when (new.track = 'mediation') execute function casework_pushed_run();

create or replace function casework_pushed_made(of_case bigint, of_entity text) returns void language plpgsql set enable_seqscan = off as $$
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
        join casework_case k on k.id = g.received_id and k.stage = 'confirmed'
        join casework_event e on e.case_id = k.id and e.step = 'JudicialConfirmation.confirm'
      where f.case_id = r.case_id and f.entity = r.entity
        and not exists (select from casework_event v where v.case_id = e.case_id and v.voids = e.seq)
      group by e.case_id order by 2 limit 1) x on true
  where r.case_id = of_case and r.track = 'mediation' and r.entity = of_entity and s.happened is not null
  on conflict (case_id, entity) do update set sent = excluded.sent, closed = excluded.closed, outcome = excluded.outcome,
    confirmed = excluded.confirmed, confirmation = excluded.confirmation;
end $$;

create or replace function casework_pushed_run() returns trigger language plpgsql set enable_seqscan = off as $$
declare
  moved record := case when tg_op = 'DELETE' then old else new end;
begin
  perform casework_pushed_made(moved.case_id, moved.entity);
  return null;
end $$;

create function casework_pushed_case() returns trigger language plpgsql set enable_seqscan = off as $$
begin
  perform casework_pushed_made(f.case_id, f.entity)
  from casework_referral g join casework_referral f on f.received_id = g.case_id and f.part = 'mediation'
  where g.received_id = new.id and g.part = 'confirmation';
  return null;
end $$;
create constraint trigger pushed_confirmed after insert on casework_case deferrable initially deferred for each row
  when (new.stage = 'confirmed') execute function casework_pushed_case();
create constraint trigger pushed_unconfirmed after update on casework_case deferrable initially deferred for each row
  when (array[new.stage, old.stage] @> '{confirmed}') execute function casework_pushed_case();
"""


class Migration(migrations.Migration):
    """Rows that said twice what is said once, and who hears of it."""

    dependencies: ClassVar = [("casework", "0180_hours")]
    operations: ClassVar = [migrations.RunSQL(ONCE, migrations.RunSQL.noop)]
