from django.db import migrations

from accounts.row_level_security import ProtectRows


class Migration(migrations.Migration):
    dependencies = [("gateways", "0001_initial")]

    operations = [
        ProtectRows("Arrival", "Attempt", "ChannelAccount", "SendingDomain", "Mailbox", "Taken"),
    ]
