import django.core.validators
import django.db.models.deletion
from django.db import migrations, models

import accounts.identifiers
import accounts.tenancy


class Migration(migrations.Migration):
    dependencies = [
        ("accounts", "0001_initial"),
        ("people", "0001_initial"),
    ]

    operations = [
        migrations.CreateModel(
            name="MorningMail",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("is_wanted", models.BooleanField(default=True, verbose_name="by mail")),
                ("sent_for", models.DateField(blank=True, null=True)),
                (
                    "member",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE, related_name="morning_mail", to="accounts.member"
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
            ],
            options={
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="NightRun",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "because",
                    models.CharField(
                        choices=[("night", "the night came"), ("change", "rules or temperatures changed")],
                        default="night",
                        max_length=8,
                    ),
                ),
                ("night_of", models.DateField(verbose_name="day of scores")),
                ("started_at", models.DateTimeField(verbose_name="started")),
                ("finished_at", models.DateTimeField(blank=True, null=True, verbose_name="finished")),
                ("is_of_due", models.BooleanField(default=False, verbose_name="only who was due")),
                ("last_activity", models.BigIntegerField(default=0, editable=False)),
                ("reached", models.UUIDField(blank=True, editable=False, null=True)),
                ("claim", models.UUIDField(blank=True, editable=False, null=True)),
                ("claimed_until", models.DateTimeField(blank=True, editable=False, null=True)),
                ("people_to_see", models.PositiveIntegerField(default=0, verbose_name="people in all")),
                ("people_seen", models.PositiveIntegerField(default=0, verbose_name="people gone through")),
                ("records_gone", models.PositiveIntegerField(default=0, verbose_name="records gone")),
                ("records_added", models.PositiveIntegerField(default=0, verbose_name="records added")),
                ("people_changed", models.PositiveIntegerField(default=0, verbose_name="people changed")),
                ("milliseconds", models.PositiveIntegerField(default=0, verbose_name="milliseconds of work")),
                ("error", models.TextField(blank=True, verbose_name="what went wrong")),
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
                "verbose_name": "working out of scores",
                "verbose_name_plural": "workings out of scores",
                "indexes": [
                    models.Index(
                        condition=models.Q(("finished_at", None)),
                        fields=["organization", "id"],
                        name="night_to_work_out",
                    )
                ],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("because", "night")),
                        fields=("organization", "night_of"),
                        name="night_of_a_date_once",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="VisitSite",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=accounts.identifiers.new_id, editable=False, primary_key=True, serialize=False
                    ),
                ),
                (
                    "address",
                    models.URLField(
                        help_text="Where the job site begins, such as https://jobs.example.com",
                        validators=[django.core.validators.URLValidator(schemes=["http", "https"])],
                        verbose_name="address",
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
            ],
            options={
                "verbose_name": "job site",
                "verbose_name_plural": "job sites",
                "constraints": [models.UniqueConstraint(fields=("organization", "address"), name="visit_site_once")],
            },
        ),
        migrations.CreateModel(
            name="DuePerson",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "organization",
                    models.ForeignKey(
                        db_constraint=False,
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
                        db_constraint=False,
                        db_index=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="people.person",
                    ),
                ),
            ],
            options={
                "constraints": [models.UniqueConstraint(fields=("organization", "person"), name="due_person_once")],
            },
        ),
        migrations.CreateModel(
            name="InactivityRule",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=accounts.identifiers.new_id, editable=False, primary_key=True, serialize=False
                    ),
                ),
                (
                    "person_kind",
                    models.CharField(
                        choices=[("candidate", "Candidate"), ("contact", "Contact")],
                        default="candidate",
                        max_length=12,
                        verbose_name="about",
                    ),
                ),
                ("is_active", models.BooleanField(default=True, verbose_name="on")),
                (
                    "activity_kind",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("", "Anything"),
                            ("message_received", "Message received"),
                            ("message_sent", "Message sent"),
                            ("replied_quickly", "Quick reply"),
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
                        help_text="What hasn’t happened.",
                        max_length=32,
                        verbose_name="activity",
                    ),
                ),
                (
                    "after_days",
                    models.PositiveSmallIntegerField(
                        default=60,
                        validators=[
                            django.core.validators.MinValueValidator(1),
                            django.core.validators.MaxValueValidator(3650),
                        ],
                        verbose_name="for, days",
                    ),
                ),
                (
                    "points",
                    models.SmallIntegerField(
                        default=-10,
                        help_text="A negative number.",
                        validators=[
                            django.core.validators.MinValueValidator(-1000),
                            django.core.validators.MaxValueValidator(-1),
                        ],
                        verbose_name="points",
                    ),
                ),
                (
                    "repeat_days",
                    models.PositiveSmallIntegerField(
                        blank=True,
                        help_text="Empty: once.",
                        null=True,
                        validators=[
                            django.core.validators.MinValueValidator(1),
                            django.core.validators.MaxValueValidator(3650),
                        ],
                        verbose_name="again every, days",
                    ),
                ),
                (
                    "floor",
                    models.SmallIntegerField(
                        blank=True,
                        help_text="The most this rule takes in all, as −30.",
                        null=True,
                        validators=[
                            django.core.validators.MinValueValidator(-1000),
                            django.core.validators.MaxValueValidator(-1),
                        ],
                        verbose_name="down to",
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
            ],
            options={
                "verbose_name": "inactivity rule",
                "verbose_name_plural": "inactivity rules",
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("after_days__range", (1, 3650)),
                            ("points__range", (-1000, -1)),
                            models.Q(
                                models.Q(("floor", None), ("repeat_days", None)),
                                models.Q(
                                    ("floor__lte", models.F("points")),
                                    ("floor__range", (-1000, -1)),
                                    ("repeat_days__range", (1, 3650)),
                                ),
                                _connector="OR",
                            ),
                        ),
                        name="inactivity_within_bounds",
                        violation_error_message="A rule that takes points again needs a floor, not above its points.",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="InactivityStatus",
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
                ("rule", models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, to="scoring.inactivityrule")),
                ("status", models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, to="people.personstatus")),
            ],
            options={
                "verbose_name": "status it holds for",
                "verbose_name_plural": "statuses it holds for",
                "constraints": [
                    models.UniqueConstraint(fields=("organization", "rule", "status"), name="inactivity_status_once")
                ],
            },
        ),
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
                ("status", models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, to="people.personstatus")),
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
                    "person_kind",
                    models.CharField(
                        choices=[("candidate", "Candidate"), ("contact", "Contact")],
                        default="candidate",
                        max_length=12,
                        verbose_name="about",
                    ),
                ),
                ("is_active", models.BooleanField(default=True, verbose_name="on")),
                (
                    "activity_kind",
                    models.CharField(
                        choices=[
                            ("message_received", "Message received"),
                            ("message_sent", "Message sent"),
                            ("replied_quickly", "Quick reply"),
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
                        ],
                        verbose_name="points",
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
                (
                    "within_minutes",
                    models.PositiveSmallIntegerField(
                        blank=True,
                        help_text="How quick a quick reply is; for no other activity.",
                        null=True,
                        validators=[
                            django.core.validators.MinValueValidator(1),
                            django.core.validators.MaxValueValidator(1440),
                        ],
                        verbose_name="within, minutes",
                    ),
                ),
            ],
            options={
                "verbose_name": "score rule",
                "verbose_name_plural": "score rules",
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("days__range", (1, 3650)), ("points__range", (-1000, 1000))),
                        name="rule_within_bounds",
                        violation_error_message="Points go from −1000 to 1000 and days from 1 to 3650.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("within_minutes", None),
                            models.Q(("activity_kind", "replied_quickly"), ("within_minutes__range", (1, 1440))),
                            _connector="OR",
                        ),
                        name="rule_quick_replies_only",
                        violation_error_message="Only a quick reply has minutes, from 1 to 1440.",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="ScoreRecord",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("points", models.SmallIntegerField()),
                ("happened_at", models.DateTimeField(null=True)),
                ("lapses_on", models.DateField(null=True)),
                (
                    "activity",
                    models.ForeignKey(
                        db_constraint=False,
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="records",
                        to="people.activity",
                    ),
                ),
                (
                    "inactivity_rule",
                    models.ForeignKey(
                        db_constraint=False,
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="records",
                        to="scoring.inactivityrule",
                    ),
                ),
                (
                    "organization",
                    models.ForeignKey(
                        db_constraint=False,
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
                        db_constraint=False,
                        db_index=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="records",
                        to="people.person",
                    ),
                ),
                (
                    "rule",
                    models.ForeignKey(
                        db_constraint=False,
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="records",
                        to="scoring.scorerule",
                    ),
                ),
            ],
            options={
                "verbose_name": "score record",
                "verbose_name_plural": "score records",
                "constraints": [
                    models.UniqueConstraint(
                        fields=("organization", "person", "activity", "rule", "inactivity_rule"),
                        include=("points",),
                        name="record_of_person_once",
                        nulls_distinct=False,
                    )
                ],
            },
        ),
        migrations.AddField(
            model_name="inactivityrule",
            name="statuses",
            field=models.ManyToManyField(blank=True, through="scoring.InactivityStatus", to="people.personstatus"),
        ),
        migrations.AddField(
            model_name="rulestatus",
            name="rule",
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, to="scoring.scorerule"),
        ),
        migrations.AddConstraint(
            model_name="rulestatus",
            constraint=models.UniqueConstraint(fields=("organization", "rule", "status"), name="rule_status_once"),
        ),
    ]
