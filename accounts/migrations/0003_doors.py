"""The doors: what may be asked before an organization is entered. Each answers ids and nothing else."""

from django.db import migrations

DOORS = """
CREATE FUNCTION door_places(asked bigint)
RETURNS TABLE (organization_id bigint, member_id uuid, name text)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public AS $$
    SELECT member.organization_id, member.id, organization.name::text
    FROM accounts_member member JOIN accounts_organization organization ON organization.id = member.organization_id
    WHERE member.user_id = asked AND member.is_active
    ORDER BY organization.name
$$;

CREATE FUNCTION door_organization(asked text) RETURNS bigint
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public AS $$
    SELECT id FROM accounts_organization WHERE slug = asked
$$;

CREATE FUNCTION door_api_token(hash text) RETURNS bigint
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public AS $$
    SELECT organization_id FROM accounts_apitoken WHERE token_hash = hash AND revoked_at IS NULL
$$;

CREATE FUNCTION door_all_organizations() RETURNS SETOF bigint
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public AS $$
    SELECT id FROM accounts_organization ORDER BY id
$$;
"""
CLOSED = """
DROP FUNCTION door_places(bigint);
DROP FUNCTION door_organization(text);
DROP FUNCTION door_api_token(text);
DROP FUNCTION door_all_organizations();
"""


class Migration(migrations.Migration):
    dependencies = [("accounts", "0002_protect_rows")]
    operations = [migrations.RunSQL(DOORS, CLOSED)]
