"""Keeps what was made once in the database, and lays the same rows out again."""

import pickle
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

from django.db import connections, transaction

KEPT = {"django_migrations", "django_content_type", "auth_permission"}
COLUMNS = """
    SELECT string_agg(quote_ident(attname), ', ' ORDER BY attnum) FROM pg_attribute
    WHERE attrelid = %s::regclass AND attnum > 0 AND NOT attisdropped AND attgenerated = ''
"""
ROWS = "SELECT json_agg(kept)::text FROM {table} kept"
LAY_OUT = "INSERT INTO {table} ({columns}) OVERRIDING SYSTEM VALUE SELECT {columns} FROM {rows};"


@dataclass(frozen=True)
class Troupe:
    people: bytes
    rows: str

    @classmethod
    def made_by(cls, make: Callable[[], Any], delete_everything: str) -> "Troupe":
        """In an empty database, which is empty again afterwards."""
        people = pickle.dumps(make())
        with transaction.atomic("owner"), connections["owner"].cursor() as cursor:
            rows = "".join(_inserts(cursor))
            cursor.execute(delete_everything)
        return cls(people, rows)

    def laid_out(self) -> Any:
        with transaction.atomic("owner"), connections["owner"].cursor() as cursor:
            cursor.execute(self.rows)
        return pickle.loads(self.people)


def _inserts(cursor: Any) -> Iterator[str]:
    for name in connections["owner"].introspection.table_names(cursor):
        table = f'"{name}"'
        cursor.execute(ROWS.format(table=table))
        if (found := cursor.fetchone()[0]) and name not in KEPT:
            cursor.execute(COLUMNS, [table])
            literal = found.replace("'", "''")
            rows = f"json_populate_recordset(NULL::{table}, '{literal}')"
            yield LAY_OUT.format(table=table, columns=cursor.fetchone()[0], rows=rows)
