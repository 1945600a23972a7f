#!/bin/sh
# Run once by the image of PostgreSQL, when its volume is new: what docs/database.md asks for.
# The passwords come from the environment; psql quotes them, and reads them from no command line.
set -eu

psql -v ON_ERROR_STOP=1 --no-psqlrc --quiet \
    --username "$POSTGRES_USER" --dbname postgres <<'SQL'
\getenv owner OWNER_PASSWORD
\getenv app APP_PASSWORD
\getenv system SYSTEM_PASSWORD
\getenv backup BACKUP_PASSWORD
SET password_encryption = 'scram-sha-256';
CREATE ROLE baton_owner  LOGIN NOSUPERUSER NOBYPASSRLS NOCREATEDB NOCREATEROLE PASSWORD :'owner';
CREATE ROLE baton_app    LOGIN NOSUPERUSER NOBYPASSRLS NOCREATEDB NOCREATEROLE PASSWORD :'app';
CREATE ROLE baton_system LOGIN NOSUPERUSER NOBYPASSRLS NOCREATEDB NOCREATEROLE PASSWORD :'system';
CREATE ROLE baton_backup LOGIN NOSUPERUSER BYPASSRLS   NOCREATEDB NOCREATEROLE PASSWORD :'backup';
GRANT pg_read_all_data TO baton_backup;
CREATE DATABASE baton OWNER baton_owner ENCODING 'UTF8' TEMPLATE template0;
REVOKE ALL ON DATABASE baton FROM PUBLIC;
GRANT CONNECT ON DATABASE baton TO baton_app, baton_system, baton_backup;
\connect baton
CREATE EXTENSION vector;
SQL
