from django.db import migrations

DOOR = """
CREATE FUNCTION door_channel_account(asked_channel text, asked_address text) RETURNS bigint
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public AS $$
    SELECT organization_id FROM gateways_channelaccount
    WHERE channel = asked_channel AND address = asked_address AND is_active
$$;
"""


class Migration(migrations.Migration):
    dependencies = [("gateways", "0003_answers")]
    operations = [migrations.RunSQL(DOOR, "DROP FUNCTION door_channel_account(text, text);")]
