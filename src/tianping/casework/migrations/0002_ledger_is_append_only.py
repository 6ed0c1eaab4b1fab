"""只增不改 · The database itself refuses to change the ledger, and the application's role cannot switch that off."""

from typing import ClassVar

from django.db import migrations

REFUSE = """
create function casework_event_refuse() returns trigger language plpgsql as $$
begin
  if tg_op = 'UPDATE' and new.payload is null and old.payload is not null
     and (to_jsonb(new) - 'payload') = (to_jsonb(old) - 'payload') then
    return new;  -- a payload is erased; the erasure is an event of its own
  end if;
  raise exception 'OPS-301 台账只增不改 · the ledger is append-only: % of casework_event', tg_op using errcode = 'restrict_violation';
end $$;
create trigger event_rows before update or delete on casework_event for each row execute function casework_event_refuse();
create trigger event_table before truncate on casework_event for each statement execute function casework_event_refuse();
create function casework_checkpoint_refuse() returns trigger language plpgsql as $$
begin
  raise exception 'OPS-301 台账只增不改 · the ledger is append-only: % of casework_checkpoint', tg_op using errcode = 'restrict_violation';
end $$;
create trigger checkpoint_rows before update or delete on casework_checkpoint for each row execute function casework_checkpoint_refuse();
create trigger checkpoint_table before truncate on casework_checkpoint for each statement execute function casework_checkpoint_refuse();
"""
ALLOW = """
drop function casework_event_refuse() cascade;
drop function casework_checkpoint_refuse() cascade;
"""
GRANT = """
do $$ begin
  if exists (select from pg_roles where rolname = 'tianping_app') and current_user <> 'tianping_app' then
    grant usage on schema public to tianping_app;
    grant select, insert, update, delete on all tables in schema public to tianping_app;
    grant usage, select on all sequences in schema public to tianping_app;
    alter default privileges in schema public grant select, insert, update, delete on tables to tianping_app;
    alter default privileges in schema public grant usage, select on sequences to tianping_app;
    revoke update, delete on casework_event from tianping_app;
    grant update (payload) on casework_event to tianping_app;
    revoke update, delete on casework_checkpoint from tianping_app;
    revoke insert, update, delete on django_migrations from tianping_app;
  end if;
end $$;
"""
ROOM = """
alter table casework_case set (fillfactor = 70);
alter table casework_clock set (fillfactor = 80);
alter table casework_run set (fillfactor = 70);
alter table casework_visibility set (fillfactor = 80);
alter table casework_numbercounter set (fillfactor = 50);
"""


class Migration(migrations.Migration):
    """Triggers, grants, and room for updates in place."""

    dependencies: ClassVar = [("casework", "0001_initial")]
    operations: ClassVar = [
        migrations.RunSQL(REFUSE, ALLOW),
        migrations.RunSQL(GRANT, migrations.RunSQL.noop),
        migrations.RunSQL(ROOM, migrations.RunSQL.noop),
    ]
