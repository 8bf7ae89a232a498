from django.db import migrations

DOORS = """
CREATE FUNCTION door_channel_account(asked_channel text, asked_address text) RETURNS bigint
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public AS $$
    SELECT organization_id FROM gateways_channelaccount
    WHERE channel = asked_channel AND address = asked_address AND is_active
$$;

CREATE FUNCTION door_attempt(asked_provider_id text) RETURNS bigint
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public AS $$
    SELECT organization_id FROM gateways_attempt WHERE provider_id = asked_provider_id AND provider_id <> '' LIMIT 1
$$;

CREATE FUNCTION door_channel_account_id(asked uuid) RETURNS bigint
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public AS $$
    SELECT organization_id FROM gateways_channelaccount WHERE id = asked AND is_active
$$;
"""
CLOSED = """
DROP FUNCTION door_channel_account(text, text);
DROP FUNCTION door_attempt(text);
DROP FUNCTION door_channel_account_id(uuid);
"""


class Migration(migrations.Migration):
    dependencies = [("gateways", "0002_protect_rows")]
    operations = [migrations.RunSQL(DOORS, CLOSED)]
