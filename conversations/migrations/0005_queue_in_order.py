from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("conversations", "0004_search_by_words")]

    operations = [
        migrations.RemoveIndex(model_name="conversation", name="unassigned_in_order"),
        migrations.AddIndex(
            model_name="conversation",
            index=models.Index(
                condition=models.Q(("owner", None), ("state", "open")),
                fields=["organization", "campaign", "opened_at", "id"],
                name="unassigned_in_order",
            ),
        ),
        migrations.AddIndex(
            model_name="conversation",
            index=models.Index(
                condition=models.Q(("last_outbound_at__isnull", False), ("state", "open")),
                fields=["organization", "campaign"],
                name="undelivered_in_campaign",
            ),
        ),
    ]
