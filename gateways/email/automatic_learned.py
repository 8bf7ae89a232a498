"""How like a machine's the words of a mail are, by weights that `make machine-words` learns from labelled mails."""

import json
import re
from functools import lru_cache
from itertools import pairwise
from math import sqrt
from pathlib import Path

MOST_OF_SUBJECT, MOST_WORDS, LONGEST_WORD = 20, 120, 6
WORD = re.compile(r"\w+|\?")
LINK = re.compile(r"https?://\S*|www\.\S*")
ADDRESS = re.compile(r"[\w.+-]{1,64}@[\w.-]{1,255}")
_LEARNED = json.loads(Path(__file__).with_name("machine_words.json").read_text(encoding="utf-8"))
BIAS: float = _LEARNED["bias"]
WEIGHTS: dict[str, float] = _LEARNED["weights"]


@lru_cache(maxsize=100)
def likeness(subject: str, text: str) -> float:
    """The logarithm of the odds that a machine wrote it: above 1 it is likely, below 0 it isn't."""
    known = [WEIGHTS[feature] for feature in features(subject, text) if feature in WEIGHTS]
    return BIAS + sum(known) / sqrt(len(known) or 1)


def features(subject: str, text: str) -> set[str]:
    """Its words and pairs of words, those of the subject apart. A number is a number, and a word its first letters:
    most languages here put what it does in a sentence at its end."""
    return _of(subject, "s:", MOST_OF_SUBJECT) | _of(text, "", MOST_WORDS)


def _of(text: str, mark: str, most: int) -> set[str]:
    found = WORD.findall(ADDRESS.sub("address", LINK.sub("https", text.lower())))[:most]
    words = ["0" if word[0].isdigit() else word[:LONGEST_WORD] for word in found]
    pairs = (f"{mark}{word} {following}" for word, following in pairwise(words))
    return {f"{mark}{word}" for word in words}.union(pairs)
