"""本地参数 · Figures that the city adds; the database refuses to change or delete one."""

from typing import ClassVar

from django.db import migrations, models

REFUSE = """
create function casework_cityparameter_refuse() returns trigger language plpgsql as $$
begin
  raise exception 'OPS-301 参数只增不改 · a figure that was added is kept as it is: % of casework_cityparameter', tg_op using errcode = 'restrict_violation';
end $$;
create trigger cityparameter_rows before update or delete on casework_cityparameter for each row execute function casework_cityparameter_refuse();
create trigger cityparameter_table before truncate on casework_cityparameter for each statement execute function casework_cityparameter_refuse();
"""
ALLOW = "drop function casework_cityparameter_refuse() cascade;"
GRANT = """
do $$ begin
  if exists (select from pg_roles where rolname = 'tianping_app') and current_user <> 'tianping_app' then
    revoke update, delete on casework_cityparameter from tianping_app;
  end if;
end $$;
"""


class Migration(migrations.Migration):
    """One table, append-only."""

    dependencies: ClassVar = [("casework", "0156_keys_of_posts")]
    operations: ClassVar = [
        migrations.CreateModel(
            name="CityParameter",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("name", models.CharField(max_length=80)),
                ("region", models.CharField(max_length=6)),
                ("value", models.DecimalField(decimal_places=4, max_digits=16)),
                ("start", models.DateField()),
                ("end", models.DateField(null=True)),
                ("status", models.CharField(max_length=10)),
                ("zh", models.CharField(max_length=300)),
                ("en", models.CharField(max_length=300)),
                ("added", models.DateTimeField()),
                ("account", models.BigIntegerField()),
            ],
        ),
        migrations.RunSQL(REFUSE, ALLOW),
        migrations.RunSQL(GRANT, migrations.RunSQL.noop),
    ]
