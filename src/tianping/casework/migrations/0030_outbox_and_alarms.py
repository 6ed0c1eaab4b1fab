"""发件箱与提醒 · Tries and deliveries of the outbox; rules, notices and digests of the live clocks."""

import datetime

import django.contrib.postgres.fields
import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("casework", "0040_checkpoints"),
    ]

    operations = [
        migrations.CreateModel(
            name="AlarmRule",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("kind", models.CharField(max_length=10)),
                ("level", models.SmallIntegerField()),
                ("timed", models.BooleanField()),
                ("shift", models.DurationField()),
                ("repeat", models.DurationField(null=True)),
                ("roles", django.contrib.postgres.fields.ArrayField(base_field=models.CharField(max_length=60), default=list, size=None)),
                ("off", models.BooleanField(default=False)),
                ("basis", models.CharField(default="local", max_length=10)),
            ],
        ),
        migrations.CreateModel(
            name="Delivery",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("attempt", models.IntegerField()),
                ("tried", models.DateTimeField()),
                ("recipient", models.CharField(max_length=120)),
                ("result", models.CharField(max_length=10)),
                ("error", models.TextField(default="")),
            ],
        ),
        migrations.CreateModel(
            name="Digest",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("roles", django.contrib.postgres.fields.ArrayField(base_field=models.CharField(max_length=60), default=list, size=None)),
                ("day", models.DateField()),
                ("made", models.DateTimeField()),
                ("warnings", models.IntegerField()),
                ("alarms", models.IntegerField()),
            ],
        ),
        migrations.CreateModel(
            name="Notice",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("code", models.CharField(max_length=120)),
                ("entity", models.CharField(max_length=80)),
                ("since_seq", models.IntegerField()),
                ("due", models.DateTimeField()),
                ("timed", models.BooleanField()),
                ("kind", models.CharField(max_length=10)),
                ("level", models.SmallIntegerField()),
                ("occurrence", models.IntegerField()),
                ("provisional", models.BooleanField()),
                ("roles", django.contrib.postgres.fields.ArrayField(base_field=models.CharField(max_length=60), default=list, size=None)),
                ("made", models.DateTimeField()),
                ("seen", models.DateTimeField(null=True)),
                ("seen_by", models.CharField(db_default="", default="", max_length=60)),
            ],
        ),
        migrations.RemoveIndex(
            model_name="outbox",
            name="outbox_open",
        ),
        migrations.AddField(
            model_name="outbox",
            name="dead",
            field=models.DateTimeField(null=True),
        ),
        migrations.AddField(
            model_name="outbox",
            name="due",
            field=models.DateTimeField(null=True),
        ),
        migrations.AddField(
            model_name="referral",
            name="decided_by",
            field=models.CharField(db_default="", default="", max_length=60),
        ),
        migrations.AddField(
            model_name="referral",
            name="delivered",
            field=models.DateTimeField(null=True),
        ),
        migrations.AddField(
            model_name="referral",
            name="reason",
            field=models.CharField(db_default="", default="", max_length=400),
        ),
        migrations.AddIndex(
            model_name="outbox",
            index=models.Index(condition=models.Q(("dead__isnull", True), ("done__isnull", True)), fields=["id"], name="outbox_open"),
        ),
        migrations.AddIndex(
            model_name="outbox",
            index=models.Index(condition=models.Q(("dead__isnull", True), ("done__isnull", True)), fields=["case_id", "id"], name="outbox_open_case"),
        ),
        migrations.AddIndex(
            model_name="outbox",
            index=models.Index(condition=models.Q(("dead__isnull", False)), fields=["-id"], name="outbox_dead"),
        ),
        migrations.AddField(
            model_name="alarmrule",
            name="organisation",
            field=models.ForeignKey(db_index=False, null=True, on_delete=django.db.models.deletion.CASCADE, to="casework.organisation"),
        ),
        migrations.AddField(
            model_name="delivery",
            name="outbox",
            field=models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name="deliveries", to="casework.outbox"),
        ),
        migrations.AddField(
            model_name="digest",
            name="organisation",
            field=models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, to="casework.organisation"),
        ),
        migrations.AddField(
            model_name="digest",
            name="post",
            field=models.ForeignKey(db_index=False, null=True, on_delete=django.db.models.deletion.PROTECT, to="casework.post"),
        ),
        migrations.AddField(
            model_name="notice",
            name="case",
            field=models.ForeignKey(db_constraint=False, db_index=False, on_delete=django.db.models.deletion.CASCADE, to="casework.case"),
        ),
        migrations.AddField(
            model_name="notice",
            name="digest",
            field=models.ForeignKey(
                db_index=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name="notices", to="casework.digest"
            ),
        ),
        migrations.AddField(
            model_name="notice",
            name="organisation",
            field=models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, to="casework.organisation"),
        ),
        migrations.AddField(
            model_name="notice",
            name="post",
            field=models.ForeignKey(db_index=False, null=True, on_delete=django.db.models.deletion.PROTECT, to="casework.post"),
        ),
        migrations.AddConstraint(
            model_name="alarmrule",
            constraint=models.UniqueConstraint(fields=("organisation", "kind", "level", "timed"), name="alarmrule_once", nulls_distinct=False),
        ),
        migrations.AddConstraint(
            model_name="alarmrule",
            constraint=models.CheckConstraint(
                condition=models.Q(("kind__in", ("warning", "alarm")), ("level__in", (1, 2, 3))), name="alarmrule_known"
            ),
        ),
        migrations.AddConstraint(
            model_name="alarmrule",
            constraint=models.CheckConstraint(
                condition=models.Q(("repeat__isnull", True), ("repeat__gt", datetime.timedelta(0)), _connector="OR"), name="alarmrule_repeat"
            ),
        ),
        migrations.AddIndex(
            model_name="delivery",
            index=models.Index(fields=["-tried", "-id"], name="delivery_latest"),
        ),
        migrations.AddConstraint(
            model_name="delivery",
            constraint=models.UniqueConstraint(fields=("outbox", "attempt"), name="delivery_once"),
        ),
        migrations.AddConstraint(
            model_name="digest",
            constraint=models.UniqueConstraint(fields=("organisation", "post", "roles", "day"), name="digest_once", nulls_distinct=False),
        ),
        migrations.AddIndex(
            model_name="notice",
            index=models.Index(condition=models.Q(("seen__isnull", True)), fields=["organisation", "-id"], name="notice_inbox"),
        ),
        migrations.AddIndex(
            model_name="notice",
            index=models.Index(condition=models.Q(("seen__isnull", True)), fields=["post", "-id"], name="notice_post"),
        ),
        migrations.AddIndex(
            model_name="notice",
            index=models.Index(condition=models.Q(("digest__isnull", True)), fields=["organisation", "post"], name="notice_undigested"),
        ),
        migrations.AddConstraint(
            model_name="notice",
            constraint=models.UniqueConstraint(
                fields=("case", "code", "entity", "since_seq", "due", "kind", "level", "occurrence"), name="notice_once"
            ),
        ),
    ]
