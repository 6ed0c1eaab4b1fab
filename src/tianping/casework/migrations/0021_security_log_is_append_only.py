"""安全日志只增不改 · The database refuses to change the security log; allowances are not written to the disk's log."""

from typing import ClassVar

from django.db import migrations

REFUSE = """
create function casework_securityevent_refuse() returns trigger language plpgsql as $$
begin
  raise exception 'OPS-301 安全日志只增不改 · the security log is append-only: % of casework_securityevent', tg_op using errcode = 'restrict_violation';
end $$;
create trigger securityevent_rows before update or delete on casework_securityevent for each row execute function casework_securityevent_refuse();
create trigger securityevent_table before truncate on casework_securityevent for each statement execute function casework_securityevent_refuse();
alter table casework_allowance set unlogged;
"""
ALLOW = """
drop function casework_securityevent_refuse() cascade;
alter table casework_allowance set logged;
"""
GRANT = """
do $$ begin
  if exists (select from pg_roles where rolname = 'tianping_app') and current_user <> 'tianping_app' then
    revoke update, delete on casework_securityevent from tianping_app;
  end if;
end $$;
"""


class Migration(migrations.Migration):
    """Triggers, grants, and a table that a crash may empty."""

    dependencies: ClassVar = [("casework", "0020_security")]
    operations: ClassVar = [migrations.RunSQL(REFUSE, ALLOW), migrations.RunSQL(GRANT, migrations.RunSQL.noop)]
