import django.contrib.postgres.search
import django.db.models.deletion
import django.db.models.functions.datetime
from django.db import migrations, models

import accounts.identifiers
import accounts.secret_links
import accounts.tenancy
import conversations.speaking
import conversations.working


class Migration(migrations.Migration):
    dependencies = [
        ("accounts", "0001_initial"),
        ("campaigns", "0001_initial"),
        ("people", "0001_initial"),
    ]

    operations = [
        migrations.CreateModel(
            name="BulkRun",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=accounts.identifiers.new_id, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("action", models.CharField(max_length=40)),
                ("parameters", models.JSONField(default=dict)),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("running", "running"),
                            ("done", "done"),
                            ("undoing", "being undone"),
                            ("undone", "undone"),
                        ],
                        default="running",
                        max_length=8,
                    ),
                ),
                ("began_at", models.DateTimeField(db_default=django.db.models.functions.datetime.Now())),
                ("worked_at", models.DateTimeField(db_default=django.db.models.functions.datetime.Now())),
                (
                    "by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="+", to="accounts.member"
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
                "indexes": [
                    models.Index(
                        condition=models.Q(("state__in", ["running", "undoing"])),
                        fields=["organization", "worked_at"],
                        name="bulk_run_at_work",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="FileContent",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("sha256", models.CharField(max_length=64)),
                ("content", models.BinaryField()),
                ("created_at", models.DateTimeField(db_default=django.db.models.functions.datetime.Now())),
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
                "constraints": [models.UniqueConstraint(fields=("organization", "sha256"), name="file_content_once")],
            },
        ),
        migrations.CreateModel(
            name="SavedReply",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=accounts.identifiers.new_id, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("title", models.CharField(max_length=120)),
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
                ("text", models.TextField(help_text="Fields: {name}, {first_name}, {campaign}, {link}, {me}")),
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
                "verbose_name_plural": "saved replies",
                "ordering": ["title"],
                "constraints": [
                    models.UniqueConstraint(fields=("organization", "title", "language"), name="saved_reply_once")
                ],
            },
        ),
        migrations.CreateModel(
            name="SavedView",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=accounts.identifiers.new_id, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("name", models.CharField(max_length=60)),
                ("query", models.CharField(max_length=1000)),
                (
                    "member",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="saved_views", to="accounts.member"
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
                    "team",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to="accounts.team",
                    ),
                ),
            ],
            options={
                "ordering": ["name"],
                "constraints": [
                    models.UniqueConstraint(fields=("organization", "member", "name"), name="saved_view_once")
                ],
            },
        ),
        migrations.CreateModel(
            name="Conversation",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=accounts.identifiers.new_id, editable=False, primary_key=True, serialize=False
                    ),
                ),
                (
                    "state",
                    models.CharField(choices=[("open", "Open"), ("ended", "Ended")], default="open", max_length=8),
                ),
                (
                    "channel",
                    models.CharField(
                        choices=[
                            ("email", "email"),
                            ("web", "web"),
                            ("whatsapp", "WhatsApp"),
                            ("telegram", "Telegram"),
                            ("messenger", "Messenger"),
                        ],
                        default="email",
                        max_length=12,
                    ),
                ),
                ("opened_at", models.DateTimeField()),
                ("ended_at", models.DateTimeField(blank=True, null=True)),
                ("waiting_since", models.DateTimeField(blank=True, null=True)),
                ("snoozed_until", models.DateTimeField(blank=True, null=True)),
                ("last_message_at", models.DateTimeField()),
                ("last_message_kind", models.CharField(blank=True, max_length=8)),
                ("last_message_author", models.CharField(blank=True, max_length=200)),
                ("last_message_text", models.CharField(blank=True, max_length=160)),
                ("last_outbound_at", models.DateTimeField(blank=True, null=True)),
                ("last_number", models.PositiveIntegerField(default=0)),
                ("last_inbound_number", models.PositiveIntegerField(default=0)),
                ("is_rejected", models.BooleanField(default=False)),
                (
                    "application",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="conversations",
                        to="campaigns.application",
                    ),
                ),
                (
                    "campaign",
                    models.ForeignKey(
                        blank=True,
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="campaigns.campaign",
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
                    "owner",
                    models.ForeignKey(
                        blank=True,
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="leads",
                        to="accounts.member",
                    ),
                ),
                (
                    "person",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="conversations", to="people.person"
                    ),
                ),
            ],
            options={
                "indexes": [
                    models.Index(fields=["organization", "state", "-last_message_at", "-id"], name="inbox_newest"),
                    models.Index(
                        fields=["organization", "owner", "state", "-last_message_at", "-id"], name="inbox_of_owner"
                    ),
                    models.Index(
                        fields=["organization", "campaign", "state", "-last_message_at", "-id"],
                        name="inbox_of_campaign",
                    ),
                    models.Index(
                        condition=models.Q(("state", "open")),
                        fields=["organization", "owner", "waiting_since", "id"],
                        name="inbox_waiting_longest",
                    ),
                    models.Index(
                        condition=models.Q(("state", "open"), ("waiting_since__isnull", False)),
                        fields=["organization", "waiting_since", "id"],
                        name="everyone_waiting_longest",
                    ),
                    models.Index(
                        condition=models.Q(("snoozed_until__isnull", False)),
                        fields=["organization", "snoozed_until"],
                        name="snoozed_to_wake",
                    ),
                    models.Index(
                        condition=models.Q(("owner", None), ("state", "open")),
                        fields=["organization", "campaign", "opened_at", "id"],
                        name="unassigned_in_order",
                    ),
                    models.Index(
                        condition=models.Q(("last_outbound_at__isnull", False), ("state", "open")),
                        fields=["organization", "campaign"],
                        name="undelivered_in_campaign",
                    ),
                ],
            },
            bases=(conversations.speaking.Speaking, conversations.working.Working, models.Model),
        ),
        migrations.CreateModel(
            name="BulkItem",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("waiting", "Waiting"),
                            ("done", "Done"),
                            ("refused", "Refused"),
                            ("undone", "Undone"),
                            ("kept", "Kept"),
                        ],
                        default="waiting",
                        max_length=8,
                    ),
                ),
                ("sentence", models.CharField(blank=True, max_length=300)),
                ("before", models.JSONField(default=dict)),
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
                    "run",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="items", to="conversations.bulkrun"
                    ),
                ),
                (
                    "conversation",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="+", to="conversations.conversation"
                    ),
                ),
            ],
            options={
                "indexes": [models.Index(fields=["run", "state", "id"], name="bulk_item_next")],
                "constraints": [
                    models.UniqueConstraint(fields=("organization", "run", "conversation"), name="bulk_item_once")
                ],
            },
        ),
        migrations.CreateModel(
            name="Appointment",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=accounts.identifiers.new_id, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("title", models.CharField(max_length=120)),
                ("place", models.CharField(blank=True, max_length=300)),
                ("starts_at", models.DateTimeField()),
                ("minutes", models.PositiveSmallIntegerField(default=30)),
                ("time_zone", models.CharField(max_length=64)),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("invited", "invited"),
                            ("accepted", "accepted"),
                            ("declined", "declined"),
                            ("cancelled", "cancelled"),
                            ("held", "held"),
                            ("missed", "missed"),
                        ],
                        default="invited",
                        max_length=12,
                    ),
                ),
                ("sequence", models.PositiveSmallIntegerField(default=0)),
                ("created_at", models.DateTimeField(auto_now_add=True)),
                (
                    "member",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="appointments",
                        to="accounts.member",
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
                    "conversation",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="appointments",
                        to="conversations.conversation",
                    ),
                ),
            ],
            options={
                "ordering": ["starts_at", "pk"],
            },
        ),
        migrations.CreateModel(
            name="Draft",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("text", models.TextField()),
                ("is_note", models.BooleanField(default=False)),
                ("updated_at", models.DateTimeField(auto_now=True)),
                (
                    "conversation",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="drafts",
                        to="conversations.conversation",
                    ),
                ),
                (
                    "member",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="accounts.member",
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
                "constraints": [
                    models.UniqueConstraint(fields=("organization", "member", "conversation"), name="draft_once")
                ],
            },
        ),
        migrations.CreateModel(
            name="Grant",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("until_number", models.PositiveIntegerField(blank=True, null=True)),
                ("granted_at", models.DateTimeField(db_default=django.db.models.functions.datetime.Now())),
                ("revoked_at", models.DateTimeField(blank=True, null=True)),
                (
                    "conversation",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="grants",
                        to="conversations.conversation",
                    ),
                ),
                (
                    "member",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="grants",
                        to="accounts.member",
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
                    "team",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="grants",
                        to="accounts.team",
                    ),
                ),
            ],
            options={
                "indexes": [
                    models.Index(fields=["organization", "member", "conversation"], name="grant_of_member"),
                    models.Index(fields=["organization", "team", "conversation"], name="grant_of_team"),
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("member", None), ("team__isnull", False)),
                            models.Q(("member__isnull", False), ("team", None)),
                            _connector="OR",
                        ),
                        name="grant_to_member_or_team",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Leg",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=accounts.identifiers.new_id, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("number", models.PositiveSmallIntegerField()),
                ("started_at", models.DateTimeField()),
                ("first_answer_at", models.DateTimeField(blank=True, null=True)),
                ("ended_at", models.DateTimeField(blank=True, null=True)),
                (
                    "conversation",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="legs",
                        to="conversations.conversation",
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
                    "owner",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="legs",
                        to="accounts.member",
                    ),
                ),
            ],
            options={
                "ordering": ["number"],
                "constraints": [
                    models.UniqueConstraint(fields=("organization", "conversation", "number"), name="leg_number")
                ],
            },
        ),
        migrations.CreateModel(
            name="Reading",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("number", models.PositiveIntegerField(default=0)),
                (
                    "conversation",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="readings",
                        to="conversations.conversation",
                    ),
                ),
                (
                    "member",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="accounts.member",
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
                "constraints": [
                    models.UniqueConstraint(fields=("organization", "member", "conversation"), name="reading_once")
                ],
            },
        ),
        migrations.CreateModel(
            name="ReplyKey",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "use",
                    models.CharField(
                        choices=[("link", "Link"), ("address", "Address"), ("staff", "Staff")], max_length=8
                    ),
                ),
                ("nonce", models.CharField(default=accounts.secret_links.new_nonce, max_length=32)),
                ("token_hash", models.CharField(max_length=64)),
                ("created_at", models.DateTimeField(auto_now_add=True)),
                ("expires_at", models.DateTimeField()),
                ("revoked_at", models.DateTimeField(blank=True, null=True)),
                (
                    "conversation",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="reply_keys",
                        to="conversations.conversation",
                    ),
                ),
                (
                    "member",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="reply_keys",
                        to="accounts.member",
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
                "constraints": [
                    models.UniqueConstraint(fields=("token_hash",), name="reply_key_hash"),
                    models.UniqueConstraint(
                        condition=models.Q(("revoked_at", None)),
                        fields=("organization", "conversation", "use", "member"),
                        name="reply_key_of_participant",
                        nulls_distinct=False,
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="ScheduledReply",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=accounts.identifiers.new_id, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("text", models.TextField(blank=True)),
                ("client_id", models.UUIDField(default=accounts.identifiers.new_id)),
                ("seen_number", models.PositiveIntegerField()),
                ("send_at", models.DateTimeField()),
                ("refusal", models.CharField(blank=True, max_length=300)),
                ("created_at", models.DateTimeField(auto_now_add=True)),
                (
                    "author",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="scheduled_replies",
                        to="accounts.member",
                    ),
                ),
                (
                    "conversation",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="scheduled",
                        to="conversations.conversation",
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
                "ordering": ["send_at"],
                "indexes": [
                    models.Index(
                        condition=models.Q(("refusal", "")),
                        fields=["organization", "send_at"],
                        name="scheduled_reply_due",
                    ),
                    models.Index(fields=["organization", "author", "send_at"], name="scheduled_reply_of_author"),
                ],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("organization", "conversation", "client_id"), name="scheduled_reply_once"
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Message",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=accounts.identifiers.new_id, editable=False, primary_key=True, serialize=False
                    ),
                ),
                (
                    "kind",
                    models.CharField(
                        choices=[("inbound", "Inbound"), ("outbound", "Outbound"), ("note", "Note")], max_length=8
                    ),
                ),
                (
                    "channel",
                    models.CharField(
                        choices=[
                            ("email", "email"),
                            ("web", "web"),
                            ("whatsapp", "WhatsApp"),
                            ("telegram", "Telegram"),
                            ("messenger", "Messenger"),
                        ],
                        default="email",
                        max_length=12,
                    ),
                ),
                ("text", models.TextField(blank=True)),
                ("quoted_text", models.TextField(blank=True)),
                ("third_party", models.CharField(blank=True, max_length=320)),
                ("sender", models.CharField(blank=True, max_length=320)),
                (
                    "found_by",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("token", "It came to this conversation’s reply address."),
                            ("reply_header", "It answers a mail of this conversation."),
                            ("sender", "This conversation is the open one with its sender."),
                            ("new", "Its sender was new, so it began this conversation."),
                            ("followed", "An earlier message of its sender was moved here."),
                            ("moved", "A member moved it here."),
                        ],
                        max_length=12,
                    ),
                ),
                (
                    "doubt",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("stranger", "This address is not known."),
                            (
                                "forged",
                                "The mail failed the check of its sender (DMARC): somebody may use this address as their own.",
                            ),
                        ],
                        max_length=12,
                    ),
                ),
                ("client_id", models.UUIDField(default=accounts.identifiers.new_id)),
                ("created_at", models.DateTimeField()),
                ("held_until", models.DateTimeField(blank=True, null=True)),
                (
                    "delivery_state",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("queued", "sending"),
                            ("sent", "sent"),
                            ("delivered", "delivered"),
                            ("opened", "opened"),
                            ("failed", "failed"),
                        ],
                        max_length=12,
                    ),
                ),
                ("delivery_reason", models.CharField(blank=True, max_length=300)),
                (
                    "search",
                    models.GeneratedField(
                        db_persist=True,
                        expression=models.Func(
                            models.Value("simple"),
                            models.Func("text", function="immutable_unaccent", output_field=models.TextField()),
                            function="immutable_tsvector",
                            output_field=django.contrib.postgres.search.SearchVectorField(),
                        ),
                        output_field=django.contrib.postgres.search.SearchVectorField(),
                    ),
                ),
                (
                    "author",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="messages",
                        to="accounts.member",
                    ),
                ),
                (
                    "conversation",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="messages",
                        to="conversations.conversation",
                    ),
                ),
                (
                    "leg",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="messages", to="conversations.leg"
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
                    "must_not_answer",
                    models.BooleanField(
                        db_default=False, default=False, verbose_name="nothing automatic may answer it"
                    ),
                ),
            ],
            options={
                "indexes": [
                    models.Index(fields=["conversation", "-created_at", "-id"], name="message_of_conversation"),
                    models.Index(
                        condition=models.Q(("delivery_state", "queued")),
                        fields=["organization", "created_at"],
                        name="message_to_send",
                    ),
                ],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("organization", "conversation", "client_id"), name="message_sent_once"
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="ScheduledFile",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("name", models.CharField(max_length=255)),
                ("size", models.PositiveIntegerField()),
                (
                    "content",
                    models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, to="conversations.filecontent"),
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
                    "reply",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="files",
                        to="conversations.scheduledreply",
                    ),
                ),
            ],
            options={
                "ordering": ["id"],
            },
        ),
        migrations.CreateModel(
            name="Mention",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("created_at", models.DateTimeField(db_default=django.db.models.functions.datetime.Now())),
                (
                    "conversation",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="mentions",
                        to="conversations.conversation",
                    ),
                ),
                (
                    "member",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="mentions", to="accounts.member"
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
                    "message",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="mentions", to="conversations.message"
                    ),
                ),
            ],
            options={
                "indexes": [models.Index(fields=["organization", "member", "-created_at"], name="mentions_of_member")],
                "constraints": [
                    models.UniqueConstraint(fields=("organization", "member", "message"), name="mention_once")
                ],
            },
        ),
        migrations.CreateModel(
            name="Invitation",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("method", models.CharField(max_length=8)),
                ("calendar", models.TextField()),
                (
                    "appointment",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="invitations",
                        to="conversations.appointment",
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
                    "message",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="invitation",
                        to="conversations.message",
                    ),
                ),
            ],
            options={
                "indexes": [models.Index(fields=["organization", "appointment"], name="invitations_of_appointment")],
            },
        ),
        migrations.CreateModel(
            name="Event",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=accounts.identifiers.new_id, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("number", models.PositiveIntegerField()),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("applied", "applied"),
                            ("message_received", "message received"),
                            ("replied", "replied"),
                            ("note_written", "note written"),
                            ("assigned", "assigned"),
                            ("delivered", "delivered"),
                            ("delivery_answered", "delivery answered"),
                            ("delivery_withdrawn", "delivery withdrawn"),
                            ("undelivered", "not delivered for long"),
                            ("leg_started", "taken up again"),
                            ("snoozed", "snoozed"),
                            ("woken", "back from snooze"),
                            ("rejected", "rejected"),
                            ("rejection_undone", "rejection taken back"),
                            ("link_opened", "reply link opened"),
                            ("mail_failed", "mail failed"),
                            ("appointment", "appointment"),
                            ("mail_held", "mail held back"),
                            ("automatic_mail", "automatic mail"),
                            ("message_moved", "message moved"),
                            ("message_discarded", "message discarded"),
                            ("sender_known", "sender known"),
                            ("mail_opened", "mail opened"),
                            ("taken_back", "taken back"),
                            ("reply_held", "planned reply not sent"),
                            ("stopped", "asked not to be written to"),
                            ("routed", "routed"),
                            ("started", "may be written to again"),
                        ],
                        max_length=20,
                    ),
                ),
                ("data", models.JSONField(blank=True, default=dict)),
                ("created_at", models.DateTimeField()),
                ("reacted_at", models.DateTimeField(blank=True, editable=False, null=True)),
                (
                    "conversation",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="events",
                        to="conversations.conversation",
                    ),
                ),
                (
                    "member",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to="accounts.member",
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
                    "message",
                    models.OneToOneField(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="event",
                        to="conversations.message",
                    ),
                ),
            ],
            options={
                "ordering": ["number"],
                "indexes": [
                    models.Index(fields=["conversation", "-number"], name="event_of_conversation"),
                    models.Index(
                        condition=models.Q(("reacted_at", None)),
                        fields=["organization", "created_at"],
                        name="event_without_reaction",
                    ),
                ],
                "constraints": [
                    models.UniqueConstraint(fields=("organization", "conversation", "number"), name="event_number")
                ],
            },
        ),
        migrations.CreateModel(
            name="MessageFile",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=accounts.identifiers.new_id, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("name", models.CharField(max_length=255)),
                ("content_type", models.CharField(default="application/octet-stream", max_length=120)),
                ("size", models.PositiveIntegerField()),
                ("withheld", models.CharField(blank=True, max_length=200)),
                (
                    "content",
                    models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, to="conversations.filecontent"),
                ),
                (
                    "message",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="files", to="conversations.message"
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
                "ordering": ["id"],
            },
        ),
        migrations.CreateModel(
            name="Move",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("sender", models.CharField(max_length=320)),
                ("moved_at", models.DateTimeField()),
                (
                    "destination",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="+", to="conversations.conversation"
                    ),
                ),
                (
                    "member",
                    models.ForeignKey(
                        null=True, on_delete=django.db.models.deletion.SET_NULL, related_name="+", to="accounts.member"
                    ),
                ),
                (
                    "message",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="moves", to="conversations.message"
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
                    "origin",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="moves",
                        to="conversations.conversation",
                    ),
                ),
            ],
            options={
                "indexes": [models.Index(fields=["organization", "origin", "sender"], name="move_from")],
            },
        ),
        migrations.AddField(
            model_name="conversation",
            name="leg",
            field=models.ForeignKey(
                db_index=False, on_delete=django.db.models.deletion.CASCADE, related_name="+", to="conversations.leg"
            ),
        ),
    ]
