from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("scoring", "0003_records_once")]

    operations = [migrations.RemoveIndex(model_name="scorerecord", name="record_to_lapse")]
