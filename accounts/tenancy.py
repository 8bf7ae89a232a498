"""The door to an organization's rows.

PostgreSQL shows a transaction the rows of the organization it has entered and no others (row_level_security.py).
Both settings are local to the transaction, so that PgBouncer in transaction mode can't hand them to a neighbour.
"""

from collections.abc import Iterator
from contextlib import contextmanager

import structlog
from django.db import connection, transaction

APPLICATION_ROLE = "recruitchat_app"
SYSTEM_ROLE = "recruitchat_system"
EVERY_ORGANIZATION = 0


class AlreadyElsewhere(RuntimeError):
    """The transaction is in another organization; it can't change its mind half way."""


def current_organization_id() -> int | None:
    """The organization this transaction is in, or None; what a new row's `organization` defaults to."""
    return getattr(connection, "entered_organization", None) or None


@contextmanager
def enter(organization_id: int | None) -> Iterator[None]:
    """Opens a transaction that sees the rows of one organization. Entering the same one again is free.

    Raises AlreadyElsewhere inside another organization's transaction.
    """
    if not organization_id:
        raise ValueError("no organization to enter")
    with _entered(organization_id, APPLICATION_ROLE):
        yield


@contextmanager
def across_organizations() -> Iterator[None]:
    """Opens a transaction that sees all rows: for installation staff and sweepers only, and named as such."""
    with _entered(EVERY_ORGANIZATION, SYSTEM_ROLE):
        yield


@contextmanager
def _entered(organization_id: int, role: str) -> Iterator[None]:
    inside = getattr(connection, "entered_organization", None)
    if inside is not None and inside != organization_id:
        raise AlreadyElsewhere(f"in organization {inside}, asked to enter {organization_id}")
    if inside == organization_id:
        with transaction.atomic():
            yield
        return
    with transaction.atomic():
        _tell_database(organization_id, role)
        setattr(connection, "entered_organization", organization_id)  # noqa: B010
        try:
            with structlog.contextvars.bound_contextvars(organization=organization_id or "all"):
                yield
        finally:
            setattr(connection, "entered_organization", None)  # noqa: B010
            # A released savepoint keeps what was set inside it: an outer transaction must not stay entered.
            if connection.savepoint_ids and not connection.needs_rollback:
                _tell_database(EVERY_ORGANIZATION, APPLICATION_ROLE)


def _tell_database(organization_id: int, role: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT set_config('role', %s, true), set_config('app.organization_id', %s, true)",
            [role, str(organization_id or "")],
        )
