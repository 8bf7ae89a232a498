from django.db import migrations, models

DOOR = """
CREATE FUNCTION door_channel_account_id(asked uuid) RETURNS bigint
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public AS $$
    SELECT organization_id FROM gateways_channelaccount WHERE id = asked AND is_active
$$;
"""


class Migration(migrations.Migration):
    dependencies = [("gateways", "0006_mail_out")]
    operations = [
        migrations.AddField(
            model_name="channelaccount",
            name="sealed_webhook_key",
            field=models.TextField(blank=True, default="", editable=False),
            preserve_default=False,
        ),
        migrations.RunSQL(DOOR, "DROP FUNCTION door_channel_account_id(uuid);"),
    ]
