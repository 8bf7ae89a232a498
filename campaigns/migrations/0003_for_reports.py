from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("accounts", "0004_history_of_its_organization"),
        ("campaigns", "0002_protect_rows"),
        ("people", "0002_protect_rows"),
    ]

    operations = [
        migrations.AddIndex(
            model_name="application",
            index=models.Index(fields=["organization", "-applied_at", "-id"], name="application_by_time"),
        ),
    ]
