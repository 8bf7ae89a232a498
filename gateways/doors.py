"""Which organization something that comes in belongs to, before any is entered."""

from uuid import UUID

from django.db import connection


def organization_of_channel_account(channel: str, address: str) -> int | None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT door_channel_account(%s, %s)", [channel, address.strip().lower()])
        return cursor.fetchone()[0]


def organization_of_account(account_id: UUID) -> int | None:
    """By the id that stands in the address of a webhook."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT door_channel_account_id(%s)", [str(account_id)])
        return cursor.fetchone()[0]


def organization_of_attempt(provider_id: str) -> int | None:
    """By what a mail provider calls a mail."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT door_attempt(%s)", [provider_id.replace("\x00", "")[:255]])
        return cursor.fetchone()[0]
