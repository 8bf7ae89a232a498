from django.db import migrations


class Migration(migrations.Migration):
    """A member's turn changes with each lead: room beside the row, and no index to follow it."""

    dependencies = [("campaigns", "0003_for_reports")]

    operations = [
        migrations.RemoveIndex(model_name="campaignaccess", name="access_in_turn"),
        migrations.RunSQL(
            "ALTER TABLE campaigns_campaignaccess SET (fillfactor = 50)",
            "ALTER TABLE campaigns_campaignaccess RESET (fillfactor)",
        ),
    ]
