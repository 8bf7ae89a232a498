from typing import Any


class OwnerMigrates:
    """Tables are made by their owner's login; the application's login reads and writes rows."""

    def allow_migrate(self, db: str, app_label: str, **hints: Any) -> bool:
        return db == "owner"

    def allow_relation(self, first: Any, second: Any, **hints: Any) -> bool:
        return True
