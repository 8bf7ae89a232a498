import django.contrib.postgres.fields
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
            name="Source",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=accounts.identifiers.new_id, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("slug", models.SlugField(max_length=80)),
                ("name", models.CharField(max_length=120)),
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
                "ordering": ["name"],
                "constraints": [models.UniqueConstraint(fields=("organization", "slug"), name="source_slug")],
            },
        ),
        migrations.CreateModel(
            name="Campaign",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=accounts.identifiers.new_id, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("slug", models.SlugField(max_length=80)),
                ("name", models.CharField(max_length=160)),
                ("description", models.TextField(blank=True)),
                (
                    "state",
                    models.CharField(choices=[("open", "Open"), ("closed", "Closed")], default="open", max_length=8),
                ),
                (
                    "language",
                    models.CharField(
                        choices=[
                            ("en", "English"),
                            ("cs", "Čeština"),
                            ("nl", "Nederlands"),
                            ("ru", "Русский"),
                            ("de", "Deutsch"),
                        ],
                        default="en",
                        max_length=8,
                    ),
                ),
                (
                    "rotate_over",
                    models.CharField(
                        choices=[("everyone", "everyone in Auto assign"), ("available", "only who is available")],
                        default="everyone",
                        max_length=12,
                    ),
                ),
                (
                    "notify_addresses",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.EmailField(max_length=254),
                        blank=True,
                        default=list,
                        help_text="Several with commas.",
                        verbose_name="addresses told of new messages",
                    ),
                ),
                (
                    "answer_goal_minutes",
                    models.PositiveIntegerField(default=60, verbose_name="goal for the first answer, minutes"),
                ),
                (
                    "says_away",
                    models.BooleanField(
                        default=True,
                        help_text="Who waits in the queue is told by when to expect an answer.",
                        verbose_name="tell candidates when nobody is there",
                    ),
                ),
                (
                    "return_after_minutes",
                    models.PositiveIntegerField(
                        blank=True,
                        help_text="Empty: a lead stays with its owner.",
                        null=True,
                        verbose_name="back to the queue without an answer, minutes",
                    ),
                ),
                ("permissions_version", models.PositiveIntegerField(default=0, editable=False)),
                ("created_at", models.DateTimeField(auto_now_add=True)),
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
                    "team",
                    models.ForeignKey(
                        blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, to="accounts.team"
                    ),
                ),
                (
                    "workspace",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="campaigns", to="accounts.workspace"
                    ),
                ),
            ],
            options={
                "ordering": ["created_at"],
                "constraints": [models.UniqueConstraint(fields=("organization", "slug"), name="campaign_slug")],
            },
        ),
        migrations.CreateModel(
            name="CampaignAccess",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("auto_assign", models.BooleanField(default=False)),
                ("turn", models.BigIntegerField(default=0)),
                (
                    "campaign",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="access", to="campaigns.campaign"
                    ),
                ),
                (
                    "member",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="access", to="accounts.member"
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
                "verbose_name": "member with access",
                "verbose_name_plural": "members with access",
                "indexes": [models.Index(fields=["organization", "member"], name="access_of_member")],
                "constraints": [
                    models.UniqueConstraint(fields=("organization", "campaign", "member"), name="access_once")
                ],
            },
        ),
        migrations.CreateModel(
            name="Application",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=accounts.identifiers.new_id, editable=False, primary_key=True, serialize=False
                    ),
                ),
                (
                    "stage",
                    models.CharField(
                        choices=[
                            ("new", "New"),
                            ("in_conversation", "In conversation"),
                            ("delivered", "Delivered"),
                            ("hired", "Hired"),
                            ("rejected", "Rejected"),
                            ("withdrawn", "Withdrawn"),
                        ],
                        default="new",
                        max_length=16,
                    ),
                ),
                ("applied_at", models.DateTimeField()),
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
                        on_delete=django.db.models.deletion.CASCADE, related_name="applications", to="people.person"
                    ),
                ),
                (
                    "campaign",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="applications",
                        to="campaigns.campaign",
                    ),
                ),
                (
                    "source",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="applications",
                        to="campaigns.source",
                    ),
                ),
            ],
            options={
                "indexes": [
                    models.Index(fields=["organization", "source", "applied_at"], name="application_by_source"),
                    models.Index(fields=["organization", "campaign", "-applied_at"], name="application_by_campaign"),
                    models.Index(fields=["organization", "-applied_at", "-id"], name="application_by_time"),
                ],
                "constraints": [
                    models.UniqueConstraint(fields=("organization", "person", "campaign"), name="application_once")
                ],
            },
        ),
        migrations.AddField(
            model_name="campaign",
            name="members",
            field=models.ManyToManyField(
                related_name="campaigns", through="campaigns.CampaignAccess", to="accounts.member"
            ),
        ),
    ]
