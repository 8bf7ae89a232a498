-- The three roles row-level security rests on. Run by a superuser, and safe to run again:
--     psql -v owner_password=… -v app_password=… -f bin/roles.sql
-- Without the psql variables, OWNER_PASSWORD and APP_PASSWORD are read from the environment;
-- without those either, the roles have no password and come in by the server's socket only.
\set ON_ERROR_STOP on
\if :{?owner_password} \else \getenv owner_password OWNER_PASSWORD
\endif
\if :{?app_password} \else \getenv app_password APP_PASSWORD
\endif

-- Owns the database and its tables, runs migrations, and makes the test databases.
SELECT 'CREATE ROLE recruitchat_owner'
WHERE NOT EXISTS (SELECT FROM pg_roles WHERE rolname = 'recruitchat_owner') \gexec
ALTER ROLE recruitchat_owner LOGIN CREATEDB NOSUPERUSER NOCREATEROLE NOBYPASSRLS;

-- What web and workers sign in as: owns nothing, so every policy holds for it.
SELECT 'CREATE ROLE recruitchat_app'
WHERE NOT EXISTS (SELECT FROM pg_roles WHERE rolname = 'recruitchat_app') \gexec
ALTER ROLE recruitchat_app LOGIN NOINHERIT NOCREATEDB NOSUPERUSER NOCREATEROLE NOBYPASSRLS;

-- Work across organizations: put on by SET LOCAL ROLE for one transaction, never by signing in.
SELECT 'CREATE ROLE recruitchat_system'
WHERE NOT EXISTS (SELECT FROM pg_roles WHERE rolname = 'recruitchat_system') \gexec
ALTER ROLE recruitchat_system NOLOGIN NOCREATEDB NOSUPERUSER NOCREATEROLE NOBYPASSRLS;

GRANT recruitchat_system TO recruitchat_app WITH INHERIT FALSE, SET TRUE;

\if :{?owner_password}
ALTER ROLE recruitchat_owner PASSWORD :'owner_password';
\endif
\if :{?app_password}
ALTER ROLE recruitchat_app PASSWORD :'app_password';
\endif
