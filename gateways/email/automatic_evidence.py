"""The words that speak for a machine, and those for a person, in ten languages: `machine_evidence.toml`."""

import re
import tomllib
from functools import cache, lru_cache
from pathlib import Path

_TABLES: dict[str, dict[str, str | list[str]]] = tomllib.loads(
    Path(__file__).with_name("machine_evidence.toml").read_text(encoding="utf-8")
)
COMMON = {language: frozenset(str(table["common"]).split()) for language, table in _TABLES.items()}
GAP = r"(?:[^.!?\n]|(?<=\d)\.|\.(?=\w)){0,60}?"
NAMED = re.compile(r"<(mail|machine|month)>")
CYRILLIC, CYRILLIC_LANGUAGES = re.compile("[а-я]{3}"), ("ru", "uk")
WORD = re.compile(r"\w+")
MOST_WORDS, AS_LIKELY = 300, 3

type Languages = tuple[str, ...]


def found(sign: str, text: str, languages: Languages | None = None) -> bool:
    """Whether the text, in lower case, has a word for it; in these languages, or those it may be written in."""
    return any(_expression(sign, language).search(text) for language in languages or languages_of(text))


def end_of(sign: str, text: str) -> int:
    """Where the word for it ends with which the text begins; 0 if it begins otherwise."""
    begun = (_expression(sign, language).match(text) for language in of_its_script(text))
    return max((one.end() for one in begun if one), default=0)


@lru_cache(maxsize=100)
def languages_of(text: str) -> Languages:
    """Those a text in lower case may be written in: one language's pronoun is another's `and`. All of its script where
    that can't be told."""
    words = WORD.findall(text)[:MOST_WORDS]
    counted = {language: sum(word in COMMON[language] for word in words) for language in of_its_script(text)}
    most = max(counted.values())
    return tuple(language for language, count in counted.items() if count * AS_LIKELY >= most)


def of_its_script(text: str) -> Languages:
    is_cyrillic = bool(CYRILLIC.search(text))
    return tuple(language for language in _TABLES if (language in CYRILLIC_LANGUAGES) is is_cyrillic)


@cache
def _expression(sign: str, language: str) -> re.Pattern[str]:
    """Those that begin with a word are put together, so that only the beginnings of words are tried."""
    whole = [_whole(piece, _TABLES[language]) for piece in _TABLES[language][sign]]
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
