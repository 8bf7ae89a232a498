from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("conversations", "0005_queue_in_order")]

    operations = [
        migrations.AddField(
            model_name="message",
            name="must_not_answer",
            field=models.BooleanField(db_default=False, default=False, verbose_name="nothing automatic may answer it"),
        ),
    ]
