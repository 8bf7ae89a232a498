from collections.abc import Iterator

import pytest
from django.core.management import call_command
from django.db import connections, transaction

from tests.cast import Cast, Stranger, make_cast, make_stranger

KEPT = {"django_migrations", "django_content_type", "auth_permission"}


@pytest.fixture(scope="session")
def _database(django_db_blocker, worker_id: str) -> Iterator[str]:
    """A database of this run, made by the schema's owner and used through the application's login."""
    django_db_blocker.unblock()
    name, owner = f"test_recruitchat_{worker_id}", connections["owner"]
    with owner.cursor() as cursor:
        cursor.execute(f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)')
        cursor.execute(f'CREATE DATABASE "{name}"')
    for connection in connections.all():
        connection.close()
        connection.settings_dict["NAME"] = name
    call_command("migrate", database="owner", verbosity=0)
    with owner.cursor() as cursor:
        tables = [f'"{table}"' for table in owner.introspection.table_names(cursor) if table not in KEPT]
    # Foreign keys are checked at the end of the transaction, so any order will do; much quicker than TRUNCATE.
    yield "".join(f"DELETE FROM {table};" for table in tables)
    for connection in connections.all():
        connection.close()


@pytest.fixture
def db(_database: str) -> Iterator[None]:
    """Real commits, so that what follows after a commit follows; emptied by the owner afterwards."""
    yield
    with transaction.atomic("owner"), connections["owner"].cursor() as cursor:
        cursor.execute(_database)


@pytest.fixture
def transactional_db(db: None) -> None:
    """The same; a name other plugins ask for."""


@pytest.fixture
def cast(db: None) -> Cast:
    return make_cast()


@pytest.fixture
def stranger(db: None) -> Stranger:
    return make_stranger()
