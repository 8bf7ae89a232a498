"""The statements of something that ran, once more and bare: the same login and the same texts, without Django."""

import re
from typing import Any, NamedTuple
from uuid import UUID, uuid4

import psycopg2
from django.db import connection

INTO = re.compile(r'INSERT INTO "\w+" \(([^)]+)\)')


class Statement(NamedTuple):
    """`place` is where among the values the key stands that an earlier statement returned."""

    sql: str
    values: list[Any]
    place: int | None


class Replay:
    """Records what a block executes; `run` does the same about other rows, with keys of its own for what is new.

    `returned` is the column that refers to a row by the key that its INSERT returned.
    """

    def __init__(self, returned: str) -> None:
        self.returned = f'"{returned}"'
        self.statements: list[tuple[str, tuple[Any, ...]]] = []
        self.raw = psycopg2.connect(**connection.get_connection_params())

    def __enter__(self) -> "Replay":
        self._wrapper = connection.execute_wrapper(self._recorded)
        self._wrapper.__enter__()
        return self

    def __exit__(self, *error: object) -> None:
        self._wrapper.__exit__(*error)

    def _recorded(self, execute: Any, sql: str, params: Any, many: bool, context: Any) -> Any:
        self.statements.append((sql, tuple(params or ())))
        return execute(sql, params, many, context)

    def about(self, others: dict[UUID, UUID]) -> list[Statement]:
        """The statements with `others` in place of what they stand for, and new keys in the inserts."""
        known, others = set[UUID](), dict(others)
        prepared = []
        for sql, params in self.statements:
            keys = {value for value in params if isinstance(value, UUID)}
            if sql.startswith("INSERT"):
                others |= {key: uuid4() for key in keys - known - others.keys()}
            known |= keys
            values = [others.get(value, value) if isinstance(value, UUID) else value for value in params]
            prepared.append(Statement(sql, values, self._place(sql)))
        return prepared

    def _place(self, sql: str) -> int | None:
        columns = found[1].split(", ") if (found := INTO.match(sql)) else []
        return columns.index(self.returned) if self.returned in columns else None

    def run(self, statements: list[Statement]) -> None:
        """In one transaction, and every row is fetched."""
        with self.raw, self.raw.cursor() as cursor:
            returned = None
            for sql, values, place in statements:
                if place is not None:
                    values[place] = returned
                cursor.execute(sql, values)
                rows = cursor.fetchall() if cursor.description else []
                if "RETURNING" in sql:
                    returned = rows[0][0]
