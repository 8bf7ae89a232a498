"""The line above a quote that says who wrote it, when (`On … Anna wrote:`)."""

import re

from gateways.email.header_blocks import ADDRESS, MOMENT, TIME
from gateways.email.languages import words


def _any_of(phrases: frozenset[str]) -> str:
    return "|".join(re.escape(phrase) for phrase in sorted(phrases, key=len, reverse=True))


WROTE = re.compile(rf"(?<!\w)(?:{_any_of(words('wrote') | words('you_wrote'))})(?!\w)")
HINTS = tuple(
    word for word in words("wrote") | words("you_wrote") if not any(o != word and o in word for o in words("wrote"))
)  # of one of them there is none in what WROTE doesn't find, and to look for them is much quicker
YOU_WROTE = re.compile(rf"(?<!\w)(?:{_any_of(words('you_wrote'))})\s?:$")
OPENS = re.compile(rf"[\W_]{{0,3}}(?:(?:{_any_of(words('opens'))})(?!\w)|\d)")
WRITTEN = tuple(words("wrote"))
ENDS = (">", ")", "]", *WRITTEN)
LONGEST, LONGEST_WORD = 500, 40
MOST_LINES = 4


def attribution_ending_at(lines: list[str], at: int) -> tuple[int, bool] | None:
    """Where the attribution ending in this line begins; and whether it is sure without a quote below."""
    last = lines[at].strip().rstrip("*_ ")
    if len(last) > LONGEST:
        return None
    if last[-1:] != ":":
        return (at, True) if _is_between_dashes(last) else None
    joined = ""
    for begin in range(at, max(-1, at - MOST_LINES), -1):
        line = lines[begin].strip()
        if not line or line.startswith(">"):
            break
        joined = f"{line} {joined}".strip()
        if _says_who_and_when(joined.lower()):
            return _from_its_opening(lines, begin, joined)
    is_likely = len(last) < 150 and (_wrote(last.lower()[-60:]) or ADDRESS.search(last))
    return (at, False) if is_likely else None


def _is_between_dashes(line: str) -> bool:
    """As Zoho has it: `---- On Thu, 12 Nov 2026 Anna wrote ----`."""
    inside = line.strip("-").strip(" ")
    return line.startswith("---") and line.endswith("---") and inside.lower().removesuffix(":").endswith(WRITTEN)


def _says_who_and_when(text: str) -> bool:
    if len(text) > LONGEST or not (MOMENT.search(text) or TIME.search(text)):
        return False
    return _wrote(text) or bool(ADDRESS.search(text))


def _wrote(text: str) -> bool:
    for hint in HINTS:  # noqa: SIM110 - a generator takes twice the time
        if (at := text.find(hint)) >= 0 and WROTE.search(text, max(0, at - LONGEST_WORD)):
            return True
    return False


def _from_its_opening(lines: list[str], begin: int, joined: str) -> tuple[int, bool]:
    """A wrapped attribution may make sense from its second line on; it still begins at `On`."""
    above = lines[begin - 1].strip() if begin else ""
    if len(above) > 25 and not OPENS.match(joined.lower()) and OPENS.match(above.lower()) and len(above) < 120:
        return begin - 1, _is_sure(f"{above} {joined}".lower())
    return begin, _is_sure(joined.lower())


def _is_sure(text: str) -> bool:
    """A program wrote it: it opens as they do, or has a moment to the minute, and ends with who it was."""
    text = text.rstrip("*_ ")
    moment, time = MOMENT.search(text), TIME.search(text)
    first = min(moment.start() if moment else LONGEST, time.start() if time else LONGEST)
    if first >= 80 or not _ends_with_a_person(text) or YOU_WROTE.search(text, max(0, len(text) - LONGEST_WORD)):
        return False
    return bool((moment and time and (first < 15 or ADDRESS.search(text))) or OPENS.match(text))


def _ends_with_a_person(text: str) -> bool:
    before = text.removesuffix(":").removesuffix(" ")
    return before.endswith(ENDS) or "@" in before.rstrip(": ").rpartition(" ")[2]
