import django.db.models.deletion
from django.db import migrations, models

# The installation's own provider is believed about what it sent itself; an account's is asked within its organization.
DOOR = """
CREATE OR REPLACE FUNCTION door_attempt(asked_provider_id text) RETURNS bigint
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public AS $$
    SELECT organization_id FROM gateways_attempt
    WHERE provider_id = asked_provider_id AND provider_id <> '' AND account_id IS NULL LIMIT 1
$$;
"""
AS_BEFORE = """
CREATE OR REPLACE FUNCTION door_attempt(asked_provider_id text) RETURNS bigint
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public AS $$
    SELECT organization_id FROM gateways_attempt WHERE provider_id = asked_provider_id AND provider_id <> '' LIMIT 1
$$;
"""


class Migration(migrations.Migration):
    dependencies = [("gateways", "0004_amazon_ses")]
    operations = [
        migrations.AddField(
            model_name="attempt",
            name="account",
            field=models.ForeignKey(
                blank=True,
                db_index=False,
                null=True,
                on_delete=django.db.models.deletion.SET_NULL,
                related_name="+",
                to="gateways.channelaccount",
            ),
        ),
        migrations.RunSQL(DOOR, AS_BEFORE),
    ]
