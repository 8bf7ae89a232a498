import fcntl
import os
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from django.core.cache import cache
from django.core.management import call_command
from django.db import DatabaseError, connections, transaction
from hypothesis import HealthCheck, settings

from conversations.models import Conversation
from tests.cast import Cast, Stranger, make_cast, make_stranger
from tests.troupe import KEPT, Repertoire

# What is slow on a busy machine isn't wrong.
settings.register_profile("busy", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("busy")

TEMPLATE = "test_recruitchat"


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Browsers last: Playwright's loop stays in its thread, where no other could run."""
    items.sort(key=lambda item: "browser" in item.path.parts)


def _use(database: str) -> None:
    for connection in connections.all():
        connection.close()
        connection.settings_dict["NAME"] = database


@pytest.fixture(scope="session")
def _database(django_db_blocker, worker_id: str) -> Iterator[str]:
    """A database of this worker, made by the schema's owner and used through the application's login.

    Migrations run once, into a template that the others copy.
    """
    django_db_blocker.unblock()
    name, owner = f"test_recruitchat_{worker_id}", connections["owner"]
    with (Path(os.environ["DATA_DIR"]) / "template.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        with owner.cursor() as cursor:
            cursor.execute("SELECT 1 FROM pg_database WHERE datname = %s", [TEMPLATE])
            if not cursor.fetchone():
                cursor.execute(f"CREATE DATABASE {TEMPLATE}")
                _use(TEMPLATE)
                call_command("migrate", database="owner", verbosity=0)
        _use("recruitchat")
        with owner.cursor() as cursor:
            cursor.execute(f'CREATE DATABASE "{name}" TEMPLATE {TEMPLATE}')
    _use(name)
    with owner.cursor() as cursor:
        # All workers share one Valkey: what is said live to one's organization would be heard in another's.
        first = 1 + 1_000_000 * int("0" + worker_id.removeprefix("gw").removeprefix("master"))
        cursor.execute(f"ALTER TABLE accounts_organization ALTER COLUMN id RESTART WITH {first}")
        tables = [f'"{table}"' for table in owner.introspection.table_names(cursor) if table not in KEPT]
    # Foreign keys are checked at the end of the transaction, so any order will do; much quicker than TRUNCATE.
    yield "".join(f"DELETE FROM {table};" for table in tables)
    for connection in connections.all():
        connection.close()


@pytest.fixture
def db(_database: str) -> Iterator[None]:
    """Real commits, so that what follows after a commit follows; emptied by the owner afterwards.

    What is counted by the keys of rows goes with them: those that are laid out again have the same.
    """
    yield
    cache.clear()
    _empty(_database, tries=5)


def _empty(delete_everything: str, tries: int) -> None:
    """A browser that is closing may still ask for something: then the rows are in each other's way for a moment."""
    try:
        with transaction.atomic("owner"), connections["owner"].cursor() as cursor:
            cursor.execute("SET LOCAL lock_timeout = '5s'")  # a forgotten transaction fails one test, not the run
            cursor.execute(delete_everything)
    except DatabaseError:
        if tries == 1:
            raise
        time.sleep(0.2)
        _empty(delete_everything, tries - 1)


@pytest.fixture
def transactional_db(db: None) -> None:
    """The same; a name other plugins ask for."""


@pytest.fixture(scope="session")
def _repertoire(_database: str) -> Repertoire:
    """The people are made before the first test; making them would be a third of a test's time."""
    repertoire = Repertoire()
    for make in (make_cast, make_stranger):
        repertoire.play(make)
        _empty(_database, tries=1)
    return repertoire


@pytest.fixture
def once(_repertoire: Repertoire, db: None) -> Callable[[Callable[[], Any]], Any]:
    """`once(make)`: as if it were made for each test, but its rows are made by the first that asks, and laid out again
    in the others. What depends on them is asked for anew: the times are those of this test."""
    return _repertoire.play


@pytest.fixture
def cast(once: Callable[..., Any]) -> Cast:
    return once(make_cast)


@pytest.fixture
def stranger(once: Callable[..., Any]) -> Stranger:
    return once(make_stranger)


@pytest.fixture
def lead(cast: Cast, once: Callable[..., Any]) -> Conversation:
    """Lucie's conversation as `cast.apply()` leaves it: for what doesn't depend on how she came."""
    once(cast.apply)
    return cast.conversation()
