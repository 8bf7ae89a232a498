"""The statements of something that ran, once more and bare: the same login and the same texts, without Django."""

from typing import Any
from uuid import UUID, uuid4

import psycopg2
from django.db import connection

Statement = tuple[str, tuple[Any, ...]]


class Replay:
    """Records what a block executes; `run` does the same about other rows, with keys of its own for what is new."""

    def __init__(self) -> None:
        self.statements: list[Statement] = []
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
            prepared.append((sql, tuple(others.get(value, value) if _is_key(value) else value for value in params)))
        return prepared

    def run(self, statements: list[Statement], *, returned: int) -> None:
        """In one transaction. `returned` is the key that a RETURNING gave when it was recorded, and others used."""
        with self.raw, self.raw.cursor() as cursor:
            given = returned
            for sql, params in statements:
                cursor.execute(sql, [given if type(value) is int and value == returned else value for value in params])
                if "RETURNING" in sql:
                    given = cursor.fetchall()[0][0]


def _is_key(value: Any) -> bool:
    return isinstance(value, UUID)
