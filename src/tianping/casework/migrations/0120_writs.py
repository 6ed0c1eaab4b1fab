"""文书 · Documents in writing, and the order of hidden names. What was issued stays: only its copy for the public may be made anew."""

from typing import ClassVar

import django.db.models.deletion
from django.db import migrations, models

PROTECT = django.db.models.deletion.PROTECT
REFUSE = """
create function casework_writ_refuse() returns trigger language plpgsql as $$
begin
  if tg_op = 'UPDATE' and (old.state = 'draft' or (old.state = 'issued' and
     (to_jsonb(new) - 'public_id') = (to_jsonb(old) - 'public_id'))) then
    return new;
  end if;
  raise exception 'OPS-301 文书签发后不改 · a document that was issued stays as it is: %', tg_op using errcode = 'restrict_violation';
end $$;
create trigger writ_rows before update or delete on casework_writ for each row execute function casework_writ_refuse();
"""
ALLOW = "drop function casework_writ_refuse() cascade;"


class Migration(migrations.Migration):
    """Two tables and a trigger."""

    dependencies: ClassVar = [("casework", "0115_pushed")]
    operations: ClassVar = [
        migrations.CreateModel(
            name="Substitute",
            fields=[
                ("pk", models.CompositePrimaryKey("case_id", "place", blank=True, editable=False, primary_key=True, serialize=False)),
                ("place", models.IntegerField()),
                ("name", models.CharField(max_length=120)),
                ("case", models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.CASCADE, to="casework.case")),
            ],
            options={"constraints": [models.UniqueConstraint(fields=("case", "name"), name="substitute_once")]},
        ),
        migrations.CreateModel(
            name="Writ",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("template", models.CharField(max_length=60)),
                ("pattern", models.CharField(max_length=64)),
                ("day", models.DateField()),
                ("written", models.JSONField(default=dict)),
                ("state", models.CharField(default="draft", max_length=10)),
                ("edited", models.BooleanField(default=False)),
                ("seq", models.IntegerField(null=True)),
                ("made", models.DateTimeField()),
                ("account", models.CharField(max_length=60)),
                ("issued_at", models.DateTimeField(null=True)),
                ("issued_by", models.CharField(db_default="", default="", max_length=60)),
                ("signer", models.CharField(db_default="", default="", max_length=200)),
                ("case", models.ForeignKey(db_index=False, on_delete=PROTECT, related_name="writs", to="casework.case")),
                ("draft", models.ForeignKey(db_index=False, on_delete=PROTECT, related_name="+", to="casework.document")),
                ("issued", models.ForeignKey(db_index=False, null=True, on_delete=PROTECT, related_name="+", to="casework.document")),
                ("public", models.ForeignKey(db_index=False, null=True, on_delete=PROTECT, related_name="+", to="casework.document")),
            ],
            options={
                "indexes": [models.Index(fields=["case", "-id"], name="writ_case")],
                "constraints": [
                    models.CheckConstraint(condition=models.Q(("state__in", ("draft", "issued", "dropped"))), name="writ_state"),
                    models.UniqueConstraint(condition=models.Q(("state", "draft")), fields=("case", "template"), name="writ_one_draft"),
                ],
            },
        ),
        migrations.RunSQL(REFUSE, ALLOW),
    ]
