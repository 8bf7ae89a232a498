from django.db import migrations

from accounts.row_level_security import ProtectRows


class Migration(migrations.Migration):
    dependencies = [("campaigns", "0001_initial")]

    operations = [
        ProtectRows("Source", "Application", "Campaign", "CampaignAccess"),
    ]
