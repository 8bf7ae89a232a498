from django.db import migrations

from accounts.row_level_security import ProtectRows


class Migration(migrations.Migration):
    dependencies = [("assignment", "0001_initial")]

    operations = [
        ProtectRows("Rotation", "Assignment", "RoutingRule", "RuleUse", "WorkingHours", "Holiday", "Promise"),
    ]
