"""作业表权限 · The application's role may do with the tables of the job queue what a worker does, and no more."""

from typing import ClassVar

from django.db import migrations

GRANT = """
do $$ begin
  if exists (select from pg_roles where rolname = 'tianping_app') and current_user <> 'tianping_app' then
    revoke all on procrastinate_jobs, procrastinate_events, procrastinate_periodic_defers, procrastinate_workers from tianping_app;
    grant select, insert, update, delete on procrastinate_jobs, procrastinate_periodic_defers, procrastinate_workers to tianping_app;
    grant select, insert on procrastinate_events to tianping_app;
    grant usage, select on all sequences in schema public to tianping_app;
  end if;
end $$;
"""


class Migration(migrations.Migration):
    """After the tables of the job queue, whose own migrations come first."""

    dependencies: ClassVar = [("casework", "0031_outbox_wakes_and_policy"), ("procrastinate", "0041_post_retry_failed_job")]
    operations: ClassVar = [migrations.RunSQL(GRANT, migrations.RunSQL.noop)]
