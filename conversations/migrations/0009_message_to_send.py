from django.db import migrations


class Migration(migrations.Migration):
    """What waits to be sent is found by its attempt; nobody asked this index."""

    dependencies = [("conversations", "0008_mail_refused")]

    operations = [migrations.RemoveIndex(model_name="message", name="message_to_send")]
