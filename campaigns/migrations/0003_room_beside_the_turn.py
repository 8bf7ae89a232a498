from django.db import migrations


class Migration(migrations.Migration):
    """A member's turn changes with each lead."""

    dependencies = [("campaigns", "0002_protect_rows")]

    operations = [
        migrations.RunSQL(
            "ALTER TABLE campaigns_campaignaccess SET (fillfactor = 50)",
            "ALTER TABLE campaigns_campaignaccess RESET (fillfactor)",
        ),
    ]
