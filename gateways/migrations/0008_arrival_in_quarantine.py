from django.contrib.postgres.operations import AddIndexConcurrently
from django.db import migrations, models


class Migration(migrations.Migration):
    atomic = False  # mails come in meanwhile

    dependencies = [
        ("gateways", "0007_mailbox_since"),
    ]

    operations = [
        AddIndexConcurrently(
            model_name="arrival",
            index=models.Index(
                condition=models.Q(("state", "held")),
                fields=["organization", "sender", "-arrived_at"],
                name="arrival_in_quarantine",
            ),
        ),
    ]
