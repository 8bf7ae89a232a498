"""Keeps what was made once in the database, and lays the same rows out again."""

import pickle
from collections import defaultdict
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from types import CodeType
from typing import Any

from django.core import mail
from django.db import connections, transaction

KEPT = {"django_migrations", "django_content_type", "auth_permission"}
ROW = """SELECT '"{name}"', to_json(kept)::text FROM "{name}" kept"""
# Times as if it had been made just now.
COLUMNS = """
    SELECT
        string_agg(quote_ident(attname), ', ' ORDER BY attnum),
        string_agg('EXCLUDED.' || quote_ident(attname), ', ' ORDER BY attnum),
        string_agg(
            quote_ident(attname)
            || CASE atttypid WHEN 'timestamptz'::regtype THEN format('+ (now() - %%L::timestamptz)', now()) ELSE '' END,
            ', ' ORDER BY attnum
        ),
        string_agg(quote_ident(attname), ', ') FILTER (WHERE attnum = ANY (indkey))
    FROM pg_attribute JOIN pg_index ON indrelid = attrelid AND indisprimary
    WHERE attrelid = %s::regclass AND attnum > 0 AND NOT attisdropped AND attgenerated = ''
"""
LAY_OUT = """
    INSERT INTO {table} ({columns}) OVERRIDING SYSTEM VALUE
    SELECT {values} FROM json_populate_recordset(NULL::{table}, '{rows}')
    ON CONFLICT ({key}) DO UPDATE SET ({columns}) = ROW ({excluded});
"""
Rows = set[tuple[str, str]]  # of which table, as JSON


@dataclass(frozen=True)
class Troupe:
    people: bytes
    rows: str

    @classmethod
    def made_by(cls, make: Callable[[], Any]) -> "Troupe":
        """What is new or different after it. What it says by mail is said once, and to nobody."""
        before = _all_rows()
        people = pickle.dumps(make())
        mail.outbox.clear()
        with connections["owner"].cursor() as cursor:
            return cls(people, "".join(_inserts(cursor, _all_rows() - before)))

    def lay_out(self) -> None:
        with transaction.atomic("owner"), connections["owner"].cursor() as cursor:
            cursor.execute(self.rows)


class Repertoire:
    def __init__(self) -> None:
        self.troupes: dict[CodeType, Troupe] = {}

    def play(self, make: Any) -> Any:
        """What this function returned the first time, and its rows. It is to depend on nothing that differs between
        tests, and to delete nothing."""
        if make.__code__ in self.troupes:
            self.troupes[make.__code__].lay_out()
        else:
            self.troupes[make.__code__] = Troupe.made_by(make)
        return pickle.loads(self.troupes[make.__code__].people)


def _all_rows() -> Rows:
    with connections["owner"].cursor() as cursor:
        names = set(connections["owner"].introspection.table_names(cursor)) - KEPT
        cursor.execute(" UNION ALL ".join(ROW.format(name=name) for name in names))
        return set(cursor.fetchall())


def _inserts(cursor: Any, found: Rows) -> Iterator[str]:
    by_table = defaultdict(list)
    for table, row in found:
        by_table[table].append(row)
    for table, rows in by_table.items():
        cursor.execute(COLUMNS, [table])
        columns, excluded, values, key = cursor.fetchone()
        literal = "[" + ",".join(rows).replace("'", "''") + "]"
        yield LAY_OUT.format(table=table, columns=columns, values=values, rows=literal, key=key, excluded=excluded)
