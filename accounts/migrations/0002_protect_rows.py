from django.db import migrations

from accounts.row_level_security import ProtectRows


class Migration(migrations.Migration):
    dependencies = [("accounts", "0001_initial")]

    operations = [
        ProtectRows("ApiToken", "IdempotencyKey", "Member", "Workspace", "Team", "TeamMember"),
        ProtectRows("Organization", column="id"),
    ]
