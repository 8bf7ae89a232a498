"""Which organization something that comes in belongs to, before any is entered."""

from django.db import connection


def organization_of_channel_account(channel: str, address: str) -> int | None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT door_channel_account(%s, %s)", [channel, address.strip().lower()])
        return cursor.fetchone()[0]
