import django.contrib.postgres.fields
import django.db.models.deletion
from django.db import migrations, models

import accounts.identifiers
import accounts.tenancy


class Migration(migrations.Migration):
    dependencies = [
        ("accounts", "0001_initial"),
        ("campaigns", "0001_initial"),
        ("conversations", "0001_initial"),
    ]

    operations = [
        migrations.CreateModel(
            name="ChannelAccount",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=accounts.identifiers.new_id, editable=False, primary_key=True, serialize=False
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
                ("name", models.CharField(max_length=120)),
                ("address", models.CharField(help_text="The mail address, number or bot name.", max_length=320)),
                (
                    "trusted_server",
                    models.CharField(
                        blank=True,
                        help_text="The name by which this mailbox’s server signs its Authentication-Results, such as mx.google.com.",
                        max_length=255,
                    ),
                ),
                (
                    "from_name",
                    models.CharField(
                        blank=True,
                        help_text="What candidates see; {member} and {organization} are filled in.",
                        max_length=120,
                        verbose_name="name in From",
                    ),
                ),
                (
                    "provider",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("smtp", "SMTP"),
                            ("brevo", "Brevo"),
                            ("mailersend", "MailerSend"),
                            ("mailgun", "Mailgun"),
                            ("mailjet", "Mailjet"),
                            ("mailtrap", "Mailtrap"),
                            ("mandrill", "Mandrill"),
                            ("postmark", "Postmark"),
                            ("resend", "Resend"),
                            ("sendgrid", "SendGrid"),
                            ("sparkpost", "SparkPost"),
                        ],
                        help_text="What this address sends by.",
                        max_length=20,
                        verbose_name="sends by",
                    ),
                ),
                (
                    "server",
                    models.CharField(
                        blank=True,
                        help_text="SMTP: host and port, as smtp.example.com:587. Mailgun: the domain.",
                        max_length=255,
                    ),
                ),
                ("username", models.CharField(blank=True, max_length=255)),
                ("sealed_secret", models.TextField(blank=True, editable=False)),
                ("sealed_webhook_key", models.TextField(blank=True, editable=False)),
                ("is_active", models.BooleanField(default=True)),
                (
                    "campaign",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="channel_accounts",
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
                    "workspace",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="channel_accounts",
                        to="accounts.workspace",
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(fields=("organization", "channel", "address"), name="channel_account_once"),
                    models.UniqueConstraint(
                        condition=models.Q(("is_active", True)),
                        fields=("channel", "address"),
                        name="channel_account_address",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="SendingDomain",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("domain", models.CharField(max_length=253)),
                ("selector", models.CharField(default="recruitchat", max_length=63)),
                ("sealed_key", models.TextField()),
                ("public_key", models.TextField()),
                ("is_published", models.BooleanField(default=False)),
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
            ],
            options={
                "constraints": [models.UniqueConstraint(fields=("organization", "domain"), name="sending_domain_once")],
            },
        ),
        migrations.CreateModel(
            name="Arrival",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=accounts.identifiers.new_id, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("channel", models.CharField(max_length=12)),
                ("key", models.CharField(max_length=80)),
                ("raw", models.BinaryField()),
                ("envelope_to", models.CharField(blank=True, max_length=320)),
                ("envelope_from", models.CharField(blank=True, max_length=320)),
                ("sender", models.CharField(blank=True, max_length=320)),
                ("mail_id", models.CharField(blank=True, max_length=255)),
                (
                    "recipients",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(max_length=320), blank=True, default=list
                    ),
                ),
                ("via", models.CharField(max_length=20)),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("stored", "stored"),
                            ("understood", "understood"),
                            ("refused", "refused"),
                            ("held", "in quarantine"),
                            ("discarded", "discarded"),
                        ],
                        default="stored",
                        max_length=12,
                    ),
                ),
                ("refusal", models.CharField(blank=True, max_length=60)),
                ("explanation", models.TextField(blank=True)),
                ("arrived_at", models.DateTimeField()),
                ("understood_at", models.DateTimeField(blank=True, null=True)),
                ("tries", models.PositiveSmallIntegerField(default=0)),
                ("released_at", models.DateTimeField(blank=True, null=True)),
                ("answer_due_at", models.DateTimeField(blank=True, null=True)),
                ("answered_at", models.DateTimeField(blank=True, null=True)),
                (
                    "message",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="arrivals",
                        to="conversations.message",
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
                        condition=models.Q(("state", "stored")),
                        fields=["organization", "arrived_at"],
                        name="arrival_to_understand",
                    ),
                    models.Index(fields=["organization", "sender", "-arrived_at"], name="arrival_of_sender"),
                    models.Index(fields=["organization", "mail_id"], name="arrival_by_mail_id"),
                    models.Index(
                        condition=models.Q(("answer_due_at__isnull", False), ("answered_at", None)),
                        fields=["organization", "answer_due_at"],
                        name="arrival_to_answer",
                    ),
                ],
                "constraints": [models.UniqueConstraint(fields=("organization", "key"), name="arrival_once")],
            },
        ),
        migrations.CreateModel(
            name="Attempt",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=accounts.identifiers.new_id, editable=False, primary_key=True, serialize=False
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
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("queued", "sending"),
                            ("sent", "sent"),
                            ("delivered", "delivered"),
                            ("opened", "opened"),
                            ("failed", "failed"),
                        ],
                        default="queued",
                        max_length=12,
                    ),
                ),
                ("address", models.CharField(blank=True, max_length=320)),
                ("provider_id", models.CharField(blank=True, max_length=255)),
                ("answer", models.TextField(blank=True)),
                ("tries", models.PositiveSmallIntegerField(default=0, verbose_name="tries")),
                ("due_at", models.DateTimeField(verbose_name="due at")),
                ("claimed_at", models.DateTimeField(blank=True, null=True)),
                ("sent_at", models.DateTimeField(blank=True, null=True, verbose_name="sent at")),
                ("delivered_at", models.DateTimeField(blank=True, null=True, verbose_name="delivered at")),
                ("opened_at", models.DateTimeField(blank=True, null=True, verbose_name="opened at")),
                (
                    "message",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="attempts", to="conversations.message"
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
                "verbose_name": "attempt",
                "verbose_name_plural": "attempts",
                "indexes": [
                    models.Index(
                        condition=models.Q(("state", "queued")), fields=["organization", "due_at"], name="attempt_due"
                    ),
                    models.Index(fields=["organization", "provider_id"], name="attempt_by_provider_id"),
                    models.Index(
                        condition=models.Q(("provider_id", ""), _negated=True),
                        fields=["provider_id"],
                        name="attempt_reported",
                    ),
                ],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("state", "queued")),
                        fields=("organization", "message"),
                        name="one_queued_attempt",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Mailbox",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=accounts.identifiers.new_id, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("host", models.CharField(max_length=255, verbose_name="IMAP server")),
                ("port", models.PositiveIntegerField(default=993)),
                (
                    "encryption",
                    models.CharField(
                        choices=[
                            ("tls", "TLS"),
                            ("starttls", "STARTTLS"),
                            ("none", "none, for a server on the same machine"),
                        ],
                        default="tls",
                        max_length=8,
                    ),
                ),
                ("username", models.CharField(max_length=255, verbose_name="username")),
                ("sealed_password", models.TextField(blank=True, editable=False)),
                ("folder", models.CharField(default="INBOX", max_length=255)),
                ("is_active", models.BooleanField(default=True)),
                ("uid_validity", models.BigIntegerField(editable=False, null=True)),
                ("last_uid", models.BigIntegerField(default=0, editable=False)),
                ("looked_at", models.DateTimeField(editable=False, null=True, verbose_name="last looked into")),
                ("problem", models.CharField(blank=True, editable=False, max_length=300, verbose_name="problem")),
                ("claimed_by", models.UUIDField(editable=False, null=True)),
                ("claimed_until", models.DateTimeField(editable=False, null=True)),
                (
                    "account",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="mailbox",
                        to="gateways.channelaccount",
                        verbose_name="account",
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
                "verbose_name": "mailbox",
                "verbose_name_plural": "mailboxes",
            },
        ),
        migrations.CreateModel(
            name="Taken",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("uid_validity", models.BigIntegerField()),
                ("uid", models.BigIntegerField()),
                ("key", models.CharField(max_length=80)),
                ("taken_at", models.DateTimeField(auto_now_add=True)),
                (
                    "mailbox",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="taken", to="gateways.mailbox"
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
                "indexes": [models.Index(fields=["organization", "key"], name="taken_by_key")],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("organization", "mailbox", "uid_validity", "uid"), name="taken_once"
                    )
                ],
            },
        ),
    ]
