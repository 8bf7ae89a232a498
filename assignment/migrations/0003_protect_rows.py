from django.db import migrations

from accounts.row_level_security import ProtectRows


class Migration(migrations.Migration):
    dependencies = [("assignment", "0002_initial")]

    operations = [
        ProtectRows("Rotation", "Assignment"),
    ]
