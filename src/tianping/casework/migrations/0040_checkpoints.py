"""检查点 · Checkpoints with their heads, the second places, and by which transaction an event was written: what is new since the last checkpoint."""

from typing import ClassVar

import django.db.models.deletion
from django.db import migrations, models

# The number of the transaction is no part of the model and of no copy of the ledger: it means something on this server only. All transactions
# before a snapshot's horizon are over, so "written at or after the last horizon" misses nothing, however long a transaction took.
WRITTEN = """
alter table casework_event add column written bigint not null default (pg_current_xact_id()::text::bigint);
create index event_written on casework_event using brin (written) with (pages_per_range = 32, autosummarize = on);
"""
UNWRITTEN = "alter table casework_event drop column written;"
REFUSE = """
create trigger head_rows before update or delete on casework_checkpointhead for each row execute function casework_checkpoint_refuse();
create trigger head_table before truncate on casework_checkpointhead for each statement execute function casework_checkpoint_refuse();
do $$ begin
  if exists (select from pg_roles where rolname = 'tianping_app') and current_user <> 'tianping_app' then
    revoke update, delete on casework_checkpointhead from tianping_app;
  end if;
end $$;
"""
ALLOW = "drop trigger head_rows on casework_checkpointhead; drop trigger head_table on casework_checkpointhead;"
GUARD = """
create trigger checkpoint_rows before update or delete on casework_checkpoint for each row execute function casework_checkpoint_refuse();
create trigger checkpoint_table before truncate on casework_checkpoint for each statement execute function casework_checkpoint_refuse();
do $$ begin
  if exists (select from pg_roles where rolname = 'tianping_app') and current_user <> 'tianping_app' then
    revoke update, delete on casework_checkpoint from tianping_app;
  end if;
end $$;
"""


class Migration(migrations.Migration):
    """Nothing had been written to the first form of the table: it is made anew."""

    dependencies: ClassVar = [("casework", "0021_security_log_is_append_only")]
    operations: ClassVar = [
        migrations.RunSQL(WRITTEN, UNWRITTEN),
        migrations.DeleteModel(name="Checkpoint"),
        migrations.CreateModel(
            name="Checkpoint",
            fields=[
                ("number", models.BigIntegerField(primary_key=True, serialize=False)),
                ("taken", models.DateTimeField()),
                ("cases", models.IntegerField()),
                ("events", models.BigIntegerField()),
                ("root", models.BinaryField(max_length=32)),
                ("previous", models.BinaryField(max_length=32)),
                ("digest", models.CharField(max_length=20)),
                ("suite", models.CharField(max_length=20)),
                ("public", models.BinaryField(max_length=200)),
                ("signature", models.BinaryField(max_length=200)),
                ("horizon", models.BigIntegerField()),
                ("system", models.BigIntegerField()),
            ],
        ),
        migrations.CreateModel(
            name="CheckpointHead",
            fields=[
                ("pk", models.CompositePrimaryKey("case_id", "seq", blank=True, editable=False, primary_key=True, serialize=False)),
                ("case_id", models.BigIntegerField()),
                ("seq", models.IntegerField()),
                ("hash", models.BinaryField(max_length=32)),
                (
                    "checkpoint",
                    models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.PROTECT, to="casework.checkpoint"),
                ),
            ],
        ),
        migrations.CreateModel(
            name="AnchorPlace",
            fields=[
                ("place", models.CharField(max_length=500, primary_key=True, serialize=False)),
                ("number", models.BigIntegerField(default=0)),
                ("written", models.DateTimeField(null=True)),
                ("failing", models.DateTimeField(null=True)),
                ("error", models.CharField(default="", max_length=500)),
            ],
        ),
        migrations.RunSQL(GUARD, migrations.RunSQL.noop),
        migrations.RunSQL(REFUSE, ALLOW),
    ]
