from django.db import migrations

FUNCTIONS = """
CREATE FUNCTION door_reply_key(hash text) RETURNS bigint
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public AS $$
    SELECT organization_id FROM conversations_replykey
    WHERE token_hash = hash AND revoked_at IS NULL AND expires_at > now()
$$;

CREATE INDEX message_search ON conversations_message USING gin (organization_id, search);

-- A policy keeps the planner from the GIN indexes (their operators aren't leakproof), so search goes through
-- functions of the schema's owner that filter by the entered organization themselves.
CREATE FUNCTION search_messages(words text, most integer)
RETURNS TABLE (message_id uuid, conversation_id uuid, created_at timestamptz)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public AS $$
    WITH hits AS MATERIALIZED (
        SELECT message.id, message.conversation_id, message.created_at FROM conversations_message message
        WHERE message.organization_id = nullif(current_setting('app.organization_id', true), '')::bigint
          AND message.search @@ websearch_to_tsquery('simple', immutable_unaccent(words))
        LIMIT 1000
    )
    SELECT id, conversation_id, created_at FROM hits ORDER BY created_at DESC, id DESC LIMIT most
$$;

CREATE FUNCTION search_people(words text, most integer)
RETURNS TABLE (person_id uuid, likeness real)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public AS $$
    WITH asked AS (
        SELECT immutable_unaccent(lower(words)) AS name
    ), hits AS MATERIALIZED (
        SELECT person.id, word_similarity(asked.name, immutable_unaccent(lower(person.name))) AS likeness
        FROM people_person person, asked
        WHERE person.organization_id = nullif(current_setting('app.organization_id', true), '')::bigint
          AND immutable_unaccent(lower(person.name)) LIKE '%' || translate(asked.name, '%_', '') || '%'
        LIMIT 1000
    )
    SELECT id, likeness FROM hits ORDER BY likeness DESC LIMIT most
$$;
"""
GONE = """
DROP FUNCTION search_people(text, integer);
DROP FUNCTION search_messages(text, integer);
DROP INDEX message_search;
DROP FUNCTION door_reply_key(text);
"""


class Migration(migrations.Migration):
    dependencies = [("conversations", "0002_protect_rows")]
    operations = [migrations.RunSQL(FUNCTIONS, GONE)]
