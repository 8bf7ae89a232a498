"""Rows written in one statement where the ORM takes several, or one that is long in the writing."""

from collections.abc import Iterable, Sequence
from typing import Any

from django.db import connection
from django.db.models import Field, Model

INSERT = "INSERT INTO {table} ({columns}) VALUES ({values}) ON CONFLICT DO NOTHING RETURNING {key}"
UPDATE = "UPDATE {table} AS old SET {assignments} FROM (VALUES {rows}) AS new ({columns}) WHERE old.{key} = new.{key}"


def insert_once(row: Model) -> bool:
    """Writes the row, unless a unique constraint says that it is there; whether it was new, which Django's
    `ignore_conflicts` doesn't say."""
    meta, quote = row._meta, connection.ops.quote_name
    fields: list[Any] = [field for field in meta.concrete_fields if not field.generated]
    sql = INSERT.format(
        table=quote(meta.db_table),
        columns=", ".join(quote(field.column) for field in fields),
        values=", ".join(["%s"] * len(fields)),
        key=quote(meta.pk.attname),
    )
    with connection.cursor() as cursor:
        cursor.execute(sql, [_value(field, row) for field in fields])
        is_new = cursor.rowcount > 0
    row._state.adding = not is_new
    return is_new


def update_each(rows: Sequence[Model], names: Iterable[str]) -> None:
    """Writes these fields of these rows of one model, in one statement.

    Its values stand in a table: `bulk_update` makes a CASE of each field and row, which takes longer to write than to
    execute.
    """
    names = list(names)
    if not rows or not names:
        return
    meta, quote = rows[0]._meta, connection.ops.quote_name
    fields: list[Any] = [meta.get_field(name) for name in names]
    columns = [quote(field.column) for field in (meta.pk, *fields)]
    sql = UPDATE.format(
        table=quote(meta.db_table),
        assignments=", ".join(map(_assignment, columns[1:], fields)),
        rows=", ".join([f"({', '.join(['%s'] * len(columns))})"] * len(rows)),
        columns=", ".join(columns),
        key=columns[0],
    )
    with connection.cursor() as cursor:
        cursor.execute(sql, [_value(field, row) for row in rows for field in (meta.pk, *fields)])


def _assignment(column: str, field: "Field[Any, Any]") -> str:
    """A column of nothing but NULL is text; a type's length would cut where the table's column refuses."""
    return f"{column} = new.{column}::{str(field.db_type(connection)).partition('(')[0]}"


def _value(field: Any, row: Model) -> Any:
    return field.get_db_prep_save(getattr(row, field.attname), connection)
