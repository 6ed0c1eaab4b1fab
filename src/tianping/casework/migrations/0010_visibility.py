"""可见性 · Lists by key and level in either order, the search of titles, and the trace of who looked behind a mask."""

import django.contrib.postgres.indexes
import django.contrib.postgres.search
import django.db.models.deletion
from django.db import migrations, models

INDEXES = """
alter table casework_visibility drop constraint casework_visibility_pkey;
drop index visibility_due;
drop index if exists casework_visibility_case_id_2d13bf25;
alter table casework_visibility add primary key (case_id, key_id);
create index visibility_opened on casework_visibility (key_id, level, case_id);
create index visibility_due on casework_visibility (key_id, level, (coalesce(due, 'infinity'::timestamptz)), case_id) where lifecycle = 0;
"""
SENDERS = "update casework_referral f set sender_id = c.organisation_id from casework_case c where c.id = f.case_id"
TRACE = """
create function casework_accesstrace_refuse() returns trigger language plpgsql as $$
begin
  raise exception 'OPS-301 留痕只增不改 · the trace is append-only: % of casework_accesstrace', tg_op using errcode = 'restrict_violation';
end $$;
create trigger accesstrace_rows before update or delete on casework_accesstrace for each row execute function casework_accesstrace_refuse();
create trigger accesstrace_table before truncate on casework_accesstrace for each statement execute function casework_accesstrace_refuse();
do $$ begin
  if exists (select from pg_roles where rolname = 'tianping_app') and current_user <> 'tianping_app' then
    revoke update, delete on casework_accesstrace from tianping_app;
  end if;
end $$;
"""


class Migration(migrations.Migration):
    """The key of visibility begins with the case: one index less for "may I see this case"."""

    dependencies = [("casework", "0041_erasure_by_act")]
    operations = [
        migrations.AddField("post", "clearance", models.SmallIntegerField(default=0)),
        migrations.SeparateDatabaseAndState(
            database_operations=[migrations.RunSQL(INDEXES)],
            state_operations=[
                migrations.DeleteModel("Visibility"),
                migrations.CreateModel(
                    name="Visibility",
                    fields=[
                        ("pk", models.CompositePrimaryKey("case_id", "key_id", blank=True, editable=False, primary_key=True, serialize=False)),
                        ("level", models.SmallIntegerField(default=0)),
                        ("lifecycle", models.SmallIntegerField()),
                        ("due", models.DateTimeField(null=True)),
                        (
                            "case",
                            models.ForeignKey(db_constraint=False, db_index=False, on_delete=django.db.models.deletion.CASCADE, to="casework.case"),
                        ),
                        ("key", models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, to="casework.accesskey")),
                    ],
                    options={"indexes": [models.Index(fields=["key", "level", "case"], name="visibility_opened")]},
                ),
            ],
        ),
        migrations.AddField(
            "referral",
            "sender",
            models.ForeignKey(null=True, db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="casework.organisation"),
        ),
        migrations.RunSQL(SENDERS, migrations.RunSQL.noop),
        migrations.AlterField(
            "referral",
            "sender",
            models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="casework.organisation"),
        ),
        migrations.AlterField(
            "referral",
            "receiver",
            models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="casework.organisation"),
        ),
        migrations.AddIndex("referral", models.Index(fields=["sender", "-id"], name="referral_outbox")),
        migrations.CreateModel(
            name="SearchRow",
            fields=[
                (
                    "case",
                    models.OneToOneField(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        primary_key=True,
                        serialize=False,
                        to="casework.case",
                    ),
                ),
                ("title", models.TextField()),
                ("masked", models.TextField()),
                ("tsv", django.contrib.postgres.search.SearchVectorField()),
            ],
            options={"indexes": [django.contrib.postgres.indexes.GinIndex(fields=["tsv"], name="searchrow_tsv")]},
        ),
        migrations.CreateModel(
            name="AccessTrace",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("taken", models.DateTimeField()),
                ("account", models.CharField(max_length=60)),
                ("organisation", models.IntegerField()),
                ("person", models.IntegerField(null=True)),
                ("case_id", models.BigIntegerField()),
                ("act", models.CharField(max_length=20)),
                ("subject", models.CharField(max_length=120)),
                ("reason", models.CharField(max_length=400)),
            ],
            options={"indexes": [models.Index(fields=["case_id"], name="accesstrace_case")]},
        ),
        migrations.RunSQL(TRACE, "drop function casework_accesstrace_refuse() cascade"),
    ]
