from django.db import migrations

# Each word must begin a word of the name; three letters and more may also stand inside one. Both shapes of pattern
# are answered by the trigram index: a word's beginning has trigrams of its own even when it has one letter.
FUNCTION = """
CREATE OR REPLACE FUNCTION search_people(words text, most integer)
RETURNS TABLE (person_id uuid, likeness real)
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog, public AS $$
DECLARE
    asked text := immutable_unaccent(lower(words));
    word text;
    conditions text := '';
BEGIN
    FOREACH word IN ARRAY regexp_split_to_array(trim(regexp_replace(asked, '[%_\\\\\\s]+', ' ', 'g')), ' ') LOOP
        CONTINUE WHEN word = '';
        conditions := conditions || CASE
            WHEN length(word) > 2 THEN format(' AND immutable_unaccent(lower(name)) LIKE %L', '%' || word || '%')
            ELSE format(' AND (immutable_unaccent(lower(name)) LIKE %L OR immutable_unaccent(lower(name)) LIKE %L)',
                        word || '%', '% ' || word || '%')
        END;
    END LOOP;
    IF conditions = '' THEN
        RETURN;
    END IF;
    RETURN QUERY EXECUTE format(
        'WITH hits AS MATERIALIZED (
            SELECT id, name FROM people_person WHERE organization_id = %L::bigint %s LIMIT 1000
        )
        SELECT id, word_similarity(%L, immutable_unaccent(lower(name))) AS likeness
        FROM hits ORDER BY likeness DESC, id LIMIT %s',
        nullif(current_setting('app.organization_id', true), ''), conditions, asked, most
    );
END
$$;
"""
BEFORE = """
CREATE OR REPLACE FUNCTION search_people(words text, most integer)
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


class Migration(migrations.Migration):
    dependencies = [("conversations", "0003_door_and_search")]
    operations = [migrations.RunSQL(FUNCTION, BEFORE)]
