"""The words of mail programs and machines: `languages.toml`, a table a language."""

import tomllib
from pathlib import Path

TABLES: dict[str, dict[str, list[str]]] = tomllib.loads(Path(__file__).with_suffix(".toml").read_text(encoding="utf-8"))


def words(field: str) -> frozenset[str]:
    """All languages' words for one thing: a mail may be written in one and its program set to another."""
    return frozenset(word for table in TABLES.values() for word in table.get(field, ()))
