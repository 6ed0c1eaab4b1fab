"""唤醒与默认规则 · A new message wakes the dispatcher, the delivery ledger is append-only, and the policy's default rules of reminding."""

from typing import ClassVar

from django.db import migrations

WAKE = """
create function casework_outbox_wake() returns trigger language plpgsql as $$
begin
  perform pg_notify('tianping_outbox', '');
  return null;
end $$;
create trigger outbox_wake after insert on casework_outbox for each statement execute function casework_outbox_wake();
create function casework_delivery_refuse() returns trigger language plpgsql as $$
begin
  raise exception 'OPS-302 送达台账只增不改 · the delivery ledger is append-only: % of casework_delivery', tg_op using errcode = 'restrict_violation';
end $$;
create trigger delivery_rows before update or delete on casework_delivery for each row execute function casework_delivery_refuse();
create trigger delivery_table before truncate on casework_delivery for each statement execute function casework_delivery_refuse();
"""
SLEEP = """
drop function casework_outbox_wake() cascade;
drop function casework_delivery_refuse() cascade;
"""
GRANT = """
do $$ begin
  if exists (select from pg_roles where rolname = 'tianping_app') and current_user <> 'tianping_app' then
    revoke update, delete on casework_delivery from tianping_app;
  end if;
end $$;
"""
# Nothing here stands in a statute: three levels told to handler, head of unit and leader in charge; a first reminder three days ahead (the yellow of a
# published practice), a second on the last day, an alarm once it has passed.
POLICY = """
insert into casework_alarmrule (organisation_id, kind, level, timed, shift, repeat, roles, off, basis)
select null, kind, level, timed, shift::interval, repeat::interval, case level when 1 then '{}'::text[]
  when 2 then '{Roles.DEPARTMENT_HEAD,Roles.STATION_HEAD}'::text[] else '{Roles.PRESIDENT,Roles.CHIEF,Roles.CHIEF_PROSECUTOR}'::text[] end, false, 'policy'
from (values
  ('warning', 1, false, '3 days', null), ('warning', 2, false, '0', null),
  ('alarm', 1, false, '0', '1 day'), ('alarm', 2, false, '0', '1 day'), ('alarm', 3, false, '1 day', '1 day'),
  ('warning', 1, true, '1 hour', null), ('warning', 2, true, '30 minutes', null),
  ('alarm', 1, true, '0', '1 day'), ('alarm', 2, true, '0', '1 day'), ('alarm', 3, true, '0', '1 day')
) as p(kind, level, timed, shift, repeat)
"""


class Migration(migrations.Migration):
    """Triggers, grants and rows."""

    dependencies: ClassVar = [("casework", "0030_outbox_and_alarms")]
    operations: ClassVar = [
        migrations.RunSQL(WAKE, SLEEP),
        migrations.RunSQL(GRANT, migrations.RunSQL.noop),
        migrations.RunSQL(POLICY, "delete from casework_alarmrule where basis = 'policy'"),
    ]
