import django.db.models.deletion
from django.db import migrations, models

import accounts.identifiers
import accounts.tenancy
from accounts.row_level_security import ProtectRows


class Migration(migrations.Migration):
    dependencies = [
        ("accounts", "0005_mail_out"),
        ("conversations", "0007_origin_of_mail"),
    ]

    operations = [
        migrations.AddField(
            model_name="message",
            name="held_until",
            field=models.DateTimeField(blank=True, null=True),
        ),
        migrations.AddField(
            model_name="messagefile",
            name="withheld",
            field=models.CharField(blank=True, max_length=200),
        ),
        migrations.AlterField(
            model_name="event",
            name="kind",
            field=models.CharField(
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
                    ("mail_held", "mail held back"),
                    ("automatic_mail", "automatic mail"),
                    ("message_moved", "message moved"),
                    ("message_discarded", "message discarded"),
                    ("sender_known", "sender known"),
                    ("mail_opened", "mail opened"),
                    ("taken_back", "taken back"),
                    ("reply_held", "planned reply not sent"),
                    ("stopped", "asked not to be written to"),
                    ("started", "may be written to again"),
                ],
                max_length=20,
            ),
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
        migrations.AddIndex(
            model_name="scheduledreply",
            index=models.Index(
                condition=models.Q(("refusal", "")), fields=["organization", "send_at"], name="scheduled_reply_due"
            ),
        ),
        migrations.AddIndex(
            model_name="scheduledreply",
            index=models.Index(fields=["organization", "author", "send_at"], name="scheduled_reply_of_author"),
        ),
        migrations.AddConstraint(
            model_name="scheduledreply",
            constraint=models.UniqueConstraint(
                fields=("organization", "conversation", "client_id"), name="scheduled_reply_once"
            ),
        ),
        ProtectRows("ScheduledReply", "ScheduledFile"),
    ]
