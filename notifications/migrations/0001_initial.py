import django.db.models.deletion
from django.db import migrations, models

import accounts.identifiers
import accounts.tenancy


class Migration(migrations.Migration):
    dependencies = [
        ("accounts", "0001_initial"),
        ("conversations", "0001_initial"),
    ]

    operations = [
        migrations.CreateModel(
            name="Notification",
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
                        choices=[
                            ("new_lead", "new lead"),
                            ("message_received", "message received"),
                            ("mentioned", "mentioned"),
                            ("delivered", "delivered to you"),
                            ("answered", "delivery answered"),
                            ("undelivered", "not delivered for long"),
                            ("assigned", "assigned to you"),
                            ("mail_failed", "mail failed"),
                            ("mail_held", "mails held back"),
                            ("reply_held", "planned reply not sent"),
                        ],
                        max_length=20,
                    ),
                ),
                ("address", models.EmailField(blank=True, max_length=254)),
                ("created_at", models.DateTimeField(auto_now_add=True)),
                ("read_at", models.DateTimeField(blank=True, null=True)),
                ("mail_due_at", models.DateTimeField(blank=True, null=True)),
                ("mailed_at", models.DateTimeField(blank=True, null=True)),
                ("mail_tries", models.PositiveSmallIntegerField(default=0)),
                ("mail_error", models.CharField(blank=True, max_length=300)),
                (
                    "conversation",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="+", to="conversations.conversation"
                    ),
                ),
                (
                    "event",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="+", to="conversations.event"
                    ),
                ),
                (
                    "member",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="notifications",
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
                "indexes": [
                    models.Index(
                        condition=models.Q(("mail_due_at__isnull", False), ("mailed_at", None)),
                        fields=["organization", "mail_due_at"],
                        name="notification_to_mail",
                    ),
                    models.Index(fields=["organization", "member", "-created_at"], name="notifications_of_member"),
                ],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("organization", "event", "kind", "member", "address"),
                        name="notification_once",
                        nulls_distinct=False,
                    )
                ],
            },
        ),
    ]
