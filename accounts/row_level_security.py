"""Migration operations that let the database itself refuse another organization's rows."""

from typing import Any

from django.db.migrations.operations.base import Operation

CURRENT = "nullif(current_setting('app.organization_id', true), '')::bigint"
ENABLE = """
ALTER TABLE {table} ENABLE ROW LEVEL SECURITY;
CREATE POLICY one_organization ON {table} USING ({column} = {current}) WITH CHECK ({column} = {current});
CREATE POLICY every_organization ON {table} TO recruitchat_system USING (true) WITH CHECK (true);
"""
DISABLE = """
DROP POLICY one_organization ON {table};
DROP POLICY every_organization ON {table};
ALTER TABLE {table} DISABLE ROW LEVEL SECURITY;
"""


class ProtectRows(Operation):
    """Adds the policies to the tables of these models. Not FORCE: the schema's owner migrates data and dumps."""

    reversible = True

    def __init__(self, *models: str, column: str = "organization_id") -> None:
        self.models = models
        self.column = column

    def deconstruct(self) -> tuple[str, tuple[str, ...], dict[str, str]]:
        return self.__class__.__name__, self.models, {"column": self.column}

    def state_forwards(self, app_label: str, state: Any) -> None:
        pass

    def database_forwards(self, app_label: str, schema_editor: Any, from_state: Any, to_state: Any) -> None:
        self._run(ENABLE, app_label, schema_editor, to_state)

    def database_backwards(self, app_label: str, schema_editor: Any, from_state: Any, to_state: Any) -> None:
        self._run(DISABLE, app_label, schema_editor, from_state)

    def _run(self, sql: str, app_label: str, schema_editor: Any, state: Any) -> None:
        for name in self.models:
            table = schema_editor.quote_name(state.apps.get_model(app_label, name)._meta.db_table)
            schema_editor.execute(sql.format(table=table, column=self.column, current=CURRENT))

    def describe(self) -> str:
        return f"Protect the rows of {', '.join(self.models)}"
