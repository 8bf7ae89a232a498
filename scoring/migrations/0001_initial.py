import django.core.validators
import django.db.models.deletion
from django.db import migrations, models

import accounts.identifiers
import accounts.tenancy


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("accounts", "0003_doors"),
        ("people", "0002_protect_rows"),
    ]

    operations = [
        migrations.CreateModel(
            name="RuleStatus",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "organization",
                    models.ForeignKey(
                        db_index=False,
                        default=accounts.tenancy.current_organization_id,
                        editable=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="accounts.organization",
                    ),
                ),
                ("status", models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, to="people.personstatus")),
            ],
            options={
                "verbose_name": "status it holds for",
                "verbose_name_plural": "statuses it holds for",
            },
        ),
        migrations.CreateModel(
            name="ScoreRule",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=accounts.identifiers.new_id, editable=False, primary_key=True, serialize=False
                    ),
                ),
                (
                    "activity_kind",
                    models.CharField(
                        choices=[
                            ("message_received", "Message received"),
                            ("message_sent", "Message sent"),
                            ("replied_quickly", "Replied within an hour"),
                            ("mail_opened", "Mail opened"),
                            ("link_opened", "Reply link opened"),
                            ("application", "Application"),
                            ("appointment_made", "Appointment made"),
                            ("appointment_held", "Appointment held"),
                            ("appointment_missed", "Appointment missed"),
                            ("delivered_qualified", "Delivered: qualified"),
                            ("delivered_not_qualified", "Delivered: not qualified"),
                            ("delivered_not_interested", "Delivered: not interested"),
                            ("delivered_review", "Delivered: review"),
                            ("delivered_spam", "Delivered: spam"),
                            ("delivered_other", "Delivered: other"),
                            ("call", "Call"),
                            ("note", "Note"),
                            ("website_visit", "Website visit"),
                            ("tag_added", "Tag added"),
                        ],
                        max_length=32,
                        verbose_name="activity",
                    ),
                ),
                (
                    "points",
                    models.SmallIntegerField(
                        validators=[
                            django.core.validators.MinValueValidator(-1000),
                            django.core.validators.MaxValueValidator(1000),
                        ]
                    ),
                ),
                (
                    "days",
                    models.PositiveSmallIntegerField(
                        default=60,
                        validators=[
                            django.core.validators.MinValueValidator(1),
                            django.core.validators.MaxValueValidator(3650),
                        ],
                        verbose_name="counts for, days",
                    ),
                ),
                (
                    "person_kind",
                    models.CharField(
                        choices=[("candidate", "Candidate"), ("contact", "Contact")], default="candidate", max_length=12
                    ),
                ),
                ("is_active", models.BooleanField(default=True, verbose_name="on")),
                (
                    "organization",
                    models.ForeignKey(
                        db_index=False,
                        default=accounts.tenancy.current_organization_id,
                        editable=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="accounts.organization",
                    ),
                ),
                (
                    "statuses",
                    models.ManyToManyField(blank=True, through="scoring.RuleStatus", to="people.personstatus"),
                ),
            ],
            options={
                "abstract": False,
            },
        ),
        migrations.AddField(
            model_name="rulestatus",
            name="rule",
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, to="scoring.scorerule"),
        ),
        migrations.CreateModel(
            name="NightRun",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("night_of", models.DateField()),
                ("started_at", models.DateTimeField()),
                ("finished_at", models.DateTimeField(blank=True, null=True)),
                ("records_gone", models.PositiveIntegerField(default=0)),
                ("records_added", models.PositiveIntegerField(default=0)),
                ("people_changed", models.PositiveIntegerField(default=0)),
                ("error", models.TextField(blank=True)),
                (
                    "organization",
                    models.ForeignKey(
                        db_index=False,
                        default=accounts.tenancy.current_organization_id,
                        editable=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="accounts.organization",
                    ),
                ),
            ],
            options={
                "constraints": [models.UniqueConstraint(fields=("organization", "night_of"), name="night_once")],
            },
        ),
        migrations.CreateModel(
            name="ScoreRecord",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("points", models.SmallIntegerField()),
                ("happened_at", models.DateTimeField()),
                ("lapses_on", models.DateField()),
                (
                    "activity",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="records", to="people.activity"
                    ),
                ),
                (
                    "organization",
                    models.ForeignKey(
                        db_index=False,
                        default=accounts.tenancy.current_organization_id,
                        editable=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="accounts.organization",
                    ),
                ),
                (
                    "person",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="records",
                        to="people.person",
                    ),
                ),
                (
                    "rule",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="records",
                        to="scoring.scorerule",
                    ),
                ),
            ],
            options={
                "indexes": [
                    models.Index(fields=["organization", "person"], include=("points",), name="record_of_person"),
                    models.Index(fields=["organization", "lapses_on"], name="record_by_lapse"),
                ],
                "constraints": [
                    models.UniqueConstraint(fields=("organization", "rule", "activity"), name="record_once")
                ],
            },
        ),
        migrations.AddConstraint(
            model_name="rulestatus",
            constraint=models.UniqueConstraint(fields=("organization", "rule", "status"), name="rule_status_once"),
        ),
    ]
