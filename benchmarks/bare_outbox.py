"""The product's worker with one more task: the barest there is that takes a row of an outbox."""

from typing import Any

from django.db import connection, transaction

from recruitchat.celery import app

TABLE, CHANNEL = "bench_outbox", "bench_outbox_done"
__all__ = ["app"]


@app.task
def take(*, row: int, **kwargs: Any) -> None:
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(f"SELECT id FROM {TABLE} WHERE id = %s AND done_at IS NULL FOR UPDATE SKIP LOCKED", [row])
        cursor.execute(f"UPDATE {TABLE} SET done_at = now() WHERE id = %s", [row])
        cursor.execute(f"NOTIFY {CHANNEL}")
