"""The line above a quote that says who wrote it, when (`On … Anna wrote:`)."""

import re

from gateways.email.header_blocks import ADDRESS, MOMENT, TIME, WHEN
from gateways.email.languages import one_of, words

WRITTEN = tuple(words("wrote"))
YOU_WROTE = tuple(words("you_wrote"))
ALL_WROTE = words("wrote") | words("you_wrote")
WROTE = re.compile(rf"(?<!\w)(?:{one_of(ALL_WROTE)})(?!\w)")
WORD = re.compile(r"\w+")
SINGLE_WORDS = {phrase for phrase in ALL_WROTE if WORD.fullmatch(phrase)}
HINTS = {max(WORD.findall(phrase), key=len) for phrase in ALL_WROTE}  # to look them up is quicker than to try WROTE
LAST_WORDS = {phrase.rpartition(" ")[2] for phrase in WRITTEN}
ENDS_WROTE = tuple(f" {word}" for word in ALL_WROTE)
ENDS_YOU_WROTE = re.compile(rf"(?<!\w)(?:{one_of(words('you_wrote'))})\s?:$")
OPENS = re.compile(rf"[\W_]{{0,3}}(?:(?:{one_of(words('opens'))})(?!\w)|\d)")
ENDS = frozenset(">)]")
LONGEST, LONGEST_WORD = 500, 40
MOST_LINES = 4


def attribution_ending_at(lines: list[str], at: int, *, is_believed: bool) -> int | None:
    """Where the attribution begins that ends with this line, if one does. Believed is what stands above a quote or
    what the HTML says to be one; elsewhere it must be such as only a program writes."""
    last = lines[at].strip().rstrip("*_ ")
    if last[-1:] != ":":
        return at if last[:3] == "---" and _is_between_dashes(last.lower()) else None
    if len(last) > LONGEST or not (is_believed or _ends_with_a_person(last)):
        return None
    is_likely = is_believed and len(last) < 150 and (_has_address(last) or _wrote(last[-60:].lower()))
    if is_likely and (not at or not lines[at - 1]):
        return at
    joined = ""
    for begin in range(at, max(-1, at - MOST_LINES), -1):
        line = lines[begin].strip().lower()
        if not line or line[0] == ">":
            break
        joined = f"{line} {joined}" if joined else line
        if _says_who_and_when(joined):
            return _from_its_opening(lines, begin, joined, is_believed=is_believed)
    return at if is_likely else None


def _is_between_dashes(line: str) -> bool:
    """As Zoho has it: `---- On Thu, 12 Nov 2026 Anna wrote ----`."""
    return len(line) <= LONGEST and line.endswith("---") and line.strip("- ").removesuffix(":").endswith(WRITTEN)


def _says_who_and_when(text: str) -> bool:
    if len(text) > LONGEST or not WHEN.search(text):
        return False
    return _has_address(text) or _wrote(text)


def _has_address(text: str) -> bool:
    return "@" in text and bool(ADDRESS.search(text))


def _wrote(text: str) -> bool:
    if text.rstrip(": *\xa0").rpartition(" ")[2] in SINGLE_WORDS:
        return True
    found = WORD.findall(text)
    if not SINGLE_WORDS.isdisjoint(found):
        return True
    if HINTS.isdisjoint(found):
        return False
    return text.rstrip(": *").endswith(ENDS_WROTE) or bool(WROTE.search(text))


def _from_its_opening(lines: list[str], begin: int, joined: str, *, is_believed: bool) -> int | None:
    """A wrapped attribution may make sense from its second line on; it still begins at `On`."""
    above = lines[begin - 1].strip().lower() if begin else ""
    if 25 < len(above) < 120 and not OPENS.match(joined) and OPENS.match(above):
        begin, joined = begin - 1, f"{above} {joined}"
    return begin if is_believed or _is_sure(joined.rstrip("*_ ")) else None


def _is_sure(text: str) -> bool:
    """Without a quote below it: a program wrote it. It opens as they do, or has a moment to the minute, and ends with
    who it was."""
    if _ends_with_you(text):
        return False
    moment, time = MOMENT.search(text), TIME.search(text)
    first = min(moment.start() if moment else LONGEST, time.start() if time else LONGEST)
    if first >= 80:
        return False
    return bool(OPENS.match(text) or (moment and time and (first < 15 or ADDRESS.search(text))))


def _ends_with_a_person(text: str) -> bool:
    word = "".join(text.rstrip(": \xa0").rsplit(None, 1)[-1:]).lower()
    return word[-1:] in ENDS or word in LAST_WORDS or "@" in word


def _ends_with_you(text: str) -> bool:
    """`You wrote:` is how a person begins to quote, too."""
    if not text[:-1].rstrip().endswith(YOU_WROTE):
        return False
    return bool(ENDS_YOU_WROTE.search(text, max(0, len(text) - LONGEST_WORD)))
