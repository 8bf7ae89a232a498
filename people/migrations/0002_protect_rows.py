from django.db import migrations

from accounts.row_level_security import ProtectRows


class Migration(migrations.Migration):
    dependencies = [("people", "0001_initial")]

    operations = [
        ProtectRows(
            "Activity",
            "PersonEmail",
            "PersonPhone",
            "ChatIdentity",
            "PersonStatus",
            "Person",
            "PersonScore",
            "Tag",
            "PersonTag",
            "Temperature",
        ),
    ]
