"""只增不改 · What was changed is kept as it was written; a comment may be withdrawn once, and is otherwise left alone."""

from typing import ClassVar

from django.db import migrations

REFUSE = """
create function casework_change_refuse() returns trigger language plpgsql as $$
begin
  raise exception 'OPS-301 留痕只增不改 · a trace is append-only: % of %', tg_op, tg_table_name using errcode = 'restrict_violation';
end $$;
create trigger change_rows before update or delete on casework_change for each row execute function casework_change_refuse();
create trigger change_table before truncate on casework_change for each statement execute function casework_change_refuse();
create function casework_comment_refuse() returns trigger language plpgsql as $$
begin
  if tg_op = 'UPDATE' and old.withdrawn is null and new.withdrawn is not null
     and (to_jsonb(new) - 'withdrawn' - 'withdrawn_by') = (to_jsonb(old) - 'withdrawn' - 'withdrawn_by') then
    return new;
  end if;
  raise exception 'OPS-301 批注只能撤回 · a comment may only be withdrawn: %', tg_op using errcode = 'restrict_violation';
end $$;
create trigger comment_rows before update or delete on casework_comment for each row execute function casework_comment_refuse();
create trigger comment_table before truncate on casework_comment for each statement execute function casework_change_refuse();
"""
ALLOW = """
drop function casework_comment_refuse() cascade;
drop function casework_change_refuse() cascade;
"""
GRANT = """
do $$ begin
  if exists (select from pg_roles where rolname = 'tianping_app') and current_user <> 'tianping_app' then
    revoke update, delete on casework_change from tianping_app;
    revoke update, delete on casework_comment from tianping_app;
    grant update (withdrawn, withdrawn_by) on casework_comment to tianping_app;
  end if;
end $$;
"""


class Migration(migrations.Migration):
    """Triggers and grants."""

    dependencies: ClassVar = [("casework", "0050_handling")]
    operations: ClassVar = [migrations.RunSQL(REFUSE, ALLOW), migrations.RunSQL(GRANT, migrations.RunSQL.noop)]
