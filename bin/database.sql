-- The database and its extensions. Run by a superuser after bin/roles.sql, and safe to run again.
-- The extensions go into template1, so that the test databases have them too.
\set ON_ERROR_STOP on
\connect template1
CREATE EXTENSION IF NOT EXISTS pg_trgm;
CREATE EXTENSION IF NOT EXISTS unaccent;
CREATE EXTENSION IF NOT EXISTS citext;
CREATE EXTENSION IF NOT EXISTS btree_gin;
\connect postgres
SELECT 'CREATE DATABASE recruitchat OWNER recruitchat_owner'
WHERE NOT EXISTS (SELECT FROM pg_database WHERE datname = 'recruitchat') \gexec
\connect recruitchat
ALTER SCHEMA public OWNER TO recruitchat_owner;
