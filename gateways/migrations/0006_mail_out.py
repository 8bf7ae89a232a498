import django.db.models.deletion
from django.db import migrations, models

import accounts.tenancy
from accounts.row_level_security import ProtectRows

DOOR = """
CREATE FUNCTION door_attempt(asked_provider_id text) RETURNS bigint
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public AS $$
    SELECT organization_id FROM gateways_attempt WHERE provider_id = asked_provider_id AND provider_id <> '' LIMIT 1
$$;
"""


class Migration(migrations.Migration):
    dependencies = [
        ("accounts", "0005_mail_out"),
        ("conversations", "0008_mail_out"),
        ("gateways", "0005_who_and_quarantine"),
    ]

    operations = [
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
            ],
        ),
        migrations.AddField(
            model_name="attempt",
            name="delivered_at",
            field=models.DateTimeField(blank=True, null=True),
        ),
        migrations.AddField(
            model_name="attempt",
            name="opened_at",
            field=models.DateTimeField(blank=True, null=True),
        ),
        migrations.AddField(
            model_name="channelaccount",
            name="from_name",
            field=models.CharField(
                blank=True,
                help_text="What candidates see; {member} and {organization} are filled in.",
                max_length=120,
                verbose_name="name in From",
            ),
        ),
        migrations.AddField(
            model_name="channelaccount",
            name="provider",
            field=models.CharField(
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
        migrations.AddField(
            model_name="channelaccount",
            name="sealed_secret",
            field=models.TextField(blank=True, editable=False),
        ),
        migrations.AddField(
            model_name="channelaccount",
            name="server",
            field=models.CharField(
                blank=True,
                help_text="SMTP: host and port, as smtp.example.com:587. Mailgun: the domain.",
                max_length=255,
            ),
        ),
        migrations.AddField(
            model_name="channelaccount",
            name="username",
            field=models.CharField(blank=True, max_length=255),
        ),
        migrations.AddIndex(
            model_name="attempt",
            index=models.Index(
                condition=models.Q(("provider_id", ""), _negated=True), fields=["provider_id"], name="attempt_reported"
            ),
        ),
        migrations.AddField(
            model_name="sendingdomain",
            name="organization",
            field=models.ForeignKey(
                db_index=False,
                default=accounts.tenancy.current_organization_id,
                editable=False,
                on_delete=django.db.models.deletion.CASCADE,
                related_name="+",
                to="accounts.organization",
            ),
        ),
        migrations.AddConstraint(
            model_name="sendingdomain",
            constraint=models.UniqueConstraint(fields=("organization", "domain"), name="sending_domain_once"),
        ),
        ProtectRows("SendingDomain"),
        migrations.RunSQL(DOOR, "DROP FUNCTION door_attempt(text);"),
    ]
