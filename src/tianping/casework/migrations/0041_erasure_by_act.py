"""删除须有决定 · A payload is erased only after an act of the same case that names its event; with it goes the digest of the request, which has no
salt. The application's role may write those two columns and no other."""

from typing import ClassVar

from django.db import migrations

BY_ACT = """
create or replace function casework_event_refuse() returns trigger language plpgsql as $$
begin
  if tg_op = 'UPDATE' then
    if new.payload is null and old.payload is not null and new.request is null
       and (to_jsonb(new) - 'payload' - 'request') = (to_jsonb(old) - 'payload' - 'request')
       and not old.payload ? 'erases'
       and exists (select from casework_event e where e.case_id = old.case_id and e.seq > old.seq and e.step = ''
                   and e.payload ->> 'erases' = old.seq::text) then
      return new;
    end if;
  end if;
  raise exception 'OPS-301 台账只增不改 · the ledger is append-only: % of casework_event', tg_op using errcode = 'restrict_violation';
end $$;
"""
GRANT = """
do $$ begin
  if exists (select from pg_roles where rolname = 'tianping_app') and current_user <> 'tianping_app' then
    grant update (request) on casework_event to tianping_app;
  end if;
end $$;
"""


class Migration(migrations.Migration):
    """The trigger's function, anew."""

    dependencies: ClassVar = [("casework", "0032_rights_on_jobs")]
    operations: ClassVar = [migrations.RunSQL(BY_ACT, migrations.RunSQL.noop), migrations.RunSQL(GRANT, migrations.RunSQL.noop)]
