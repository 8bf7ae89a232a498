from django.db import migrations

from accounts.row_level_security import ProtectRows


class Migration(migrations.Migration):
    dependencies = [("delivery", "0001_initial")]

    operations = [
        ProtectRows("Delivery", "Recipient", "Status", "Reason", "Procedure", "Offer"),
    ]
