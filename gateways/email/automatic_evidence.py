"""The words that speak for a machine, and those for a person, in ten languages: `machine_evidence.toml`."""

import re
import tomllib
from functools import cache
from pathlib import Path

_TABLES: dict[str, dict[str, str | list[str]]] = tomllib.loads(
    Path(__file__).with_name("machine_evidence.toml").read_text(encoding="utf-8")
)
GAP = r"(?:[^.!?\n]|(?<=\d)\.|\.(?=\w)){0,60}?"
NAMED = re.compile(r"<(mail|machine|month)>")
CYRILLIC, CYRILLIC_LANGUAGES = re.compile("[а-я]{3}"), ("ru", "uk")


def found(sign: str, text: str) -> bool:
    """Whether the text, in lower case, has a word for it; in the languages of its script."""
    return bool(_expression(sign, is_cyrillic=bool(CYRILLIC.search(text))).search(text))


def end_of(sign: str, text: str) -> int:
    """Where the word for it ends with which the text begins; 0 if it begins otherwise."""
    begun = _expression(sign, is_cyrillic=bool(CYRILLIC.search(text))).match(text)
    return begun.end() if begun else 0


@cache
def _expression(sign: str, *, is_cyrillic: bool) -> re.Pattern[str]:
    """Those that begin with a word are put together, so that only the beginnings of words are tried."""
    tables = [table for language, table in _TABLES.items() if (language in CYRILLIC_LANGUAGES) is is_cyrillic]
    whole = [_whole(piece, table) for table in tables for piece in table[sign]]
    choices = [choice for piece in whole for choice in _choices(piece)]
    of_words = [choice.removeprefix(r"\b") for choice in choices if choice.startswith(r"\b")]
    at_start = [choice.removeprefix("^") for choice in choices if choice.startswith("^")]
    others = [choice for choice in choices if not choice.startswith((r"\b", "^"))]
    groups = [(r"\b", of_words), ("^", at_start), ("", others)]
    return re.compile("|".join(f"{start}(?:{'|'.join(group)})" for start, group in groups if group))


def _choices(piece: str) -> list[str]:
    """Its alternatives."""
    choices, depth = [""], 0
    for part in re.findall(r"\\.|\[(?:\\.|[^\]\\])*\]|.", piece):
        depth += (part == "(") - (part == ")")
        if part == "|" and not depth:
            choices.append("")
        else:
            choices[-1] += part
    return choices


def _whole(piece: str, table: dict[str, str | list[str]]) -> str:
    return NAMED.sub(lambda name: str(table[name[1]]), piece).replace("…", GAP)
