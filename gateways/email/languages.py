"""The words of mail programs and machines: `languages.toml`, a table a language."""

import re
import tomllib
from collections.abc import Iterable
from itertools import groupby
from operator import itemgetter
from pathlib import Path

TABLES: dict[str, dict[str, list[str]]] = tomllib.loads(Path(__file__).with_suffix(".toml").read_text(encoding="utf-8"))


def words(field: str) -> frozenset[str]:
    """All languages' words for one thing: a mail may be written in one and its program set to another."""
    return frozenset(word for table in TABLES.values() for word in table.get(field, ()))


def one_of(phrases: Iterable[str]) -> str:
    """A pattern for any of them, the longest first; told by their first letter, which takes `re` half the time."""
    ordered = sorted(phrases, key=lambda phrase: (phrase[0], -len(phrase)))
    groups = [
        (first, "|".join(re.escape(phrase[1:]) for phrase in found)) for first, found in groupby(ordered, itemgetter(0))
    ]
    return "|".join(f"{re.escape(first)}(?:{rest})" for first, rest in groups)
