"""The statements of something that ran, once more and bare: the same login and the same texts, without Django."""

from typing import Any
from uuid import UUID, uuid4

import psycopg2
from django.db import connection

Statement = tuple[str, tuple[Any, ...]]


class Replay:
    """Records what a block executes; `run` does the same to another row, with keys of its own for what is inserted."""

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

    def prepared(self, others: dict[Any, Any]) -> list[Statement]:
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

    def run(self, prepared: list[Statement], returned: Any) -> None:
        """In one transaction. `returned` is what the recorded statement with RETURNING gave, and later ones used."""
        with self.raw, self.raw.cursor() as cursor:
            given = returned
            for sql, params in prepared:
                cursor.execute(sql, [given if value == returned and _is_key(value) else value for value in params])
                if "RETURNING" in sql:
                    given = cursor.fetchall()[0][0]


def _is_key(value: Any) -> bool:
    return isinstance(value, UUID | int) and not isinstance(value, bool)
