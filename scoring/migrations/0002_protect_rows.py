from django.db import migrations

from accounts.row_level_security import ProtectRows


class Migration(migrations.Migration):
    dependencies = [("scoring", "0001_initial")]

    operations = [
        ProtectRows(
            "NightRun",
            "ScoreRule",
            "RuleStatus",
            "ScoreRecord",
            "InactivityRule",
            "InactivityStatus",
            "MorningMail",
            "VisitSite",
            "DuePerson",
        ),
    ]
