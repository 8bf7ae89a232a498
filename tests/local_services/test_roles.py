"""What row-level security rests on, as bin/roles.sql makes it."""

import os
from collections.abc import Iterator
from typing import Any
from urllib.parse import unquote, urlsplit

import psycopg2
import pytest


@pytest.fixture
def app() -> Iterator[Any]:
    parts = urlsplit(os.environ["DATABASE_URL"])
    connection = psycopg2.connect(
        host=unquote(parts.hostname or ""), port=parts.port, user=parts.username, dbname=parts.path[1:]
    )
    with connection.cursor() as cursor:
        yield cursor
    connection.close()


def test_no_role_passes_the_policies(app: Any) -> None:
    app.execute(
        "SELECT rolname FROM pg_roles WHERE rolname LIKE 'recruitchat%' AND (rolsuper OR rolbypassrls OR rolcreaterole)"
    )
    assert app.fetchall() == []


def test_the_application_makes_nothing_in_the_schema(app: Any) -> None:
    with pytest.raises(psycopg2.errors.InsufficientPrivilege):
        app.execute("CREATE TABLE public.mine ()")


def test_the_application_puts_on_the_system_role_only_on_purpose(app: Any) -> None:
    app.execute("SELECT pg_has_role('recruitchat_system', 'USAGE'), pg_has_role('recruitchat_system', 'SET')")
    assert app.fetchone() == (False, True)
    app.execute("SET LOCAL ROLE recruitchat_system")


def test_the_application_cannot_become_the_owner(app: Any) -> None:
    with pytest.raises(psycopg2.errors.InsufficientPrivilege):
        app.execute("SET ROLE recruitchat_owner")


def test_extensions_are_there_for_test_databases_too(app: Any) -> None:
    app.execute("SELECT extname FROM pg_extension")
    assert {"pg_trgm", "unaccent", "citext", "btree_gin"} <= {name for (name,) in app.fetchall()}
