"""Header blocks in the text of a mail (`From: … Sent: … To: … Subject: …`), recognised by their shape."""

import re

from gateways.email.languages import words

# A word may mean two things: `de` opens the sender's line in French, `da` a date in Slovene. So they are bits.
SENDER, SENT, TO, SUBJECT, CC = 1, 2, 4, 8, 16
FIELDS = {"sender": SENDER, "sent": SENT, "to": TO, "subject": SUBJECT, "cc": CC}
TELLING = SENDER | SENT | TO | SUBJECT
MEANINGS: dict[str, int] = {}
for field, bit in FIELDS.items():
    MEANINGS |= {label: MEANINGS.get(label, 0) | bit for label in words(field)}

LONGEST_LABEL, LONGEST_START = 31, 45
ORNAMENT = " \t\r\f\v\xa0*_"
FULL_WIDTH = "\uff1a"
# Searched for from the sign or the digit in them: what looks behind before each letter takes several times as long.
ADDRESS = re.compile(r"@(?<=[^\s@<>]@)[^\s@<>]")
NAMED = re.compile(r"[^\s<>] ?<[^\s<>@]{1,64}@[^\s<>@]{1,255}>")
MOMENT = re.compile(r"\d(?<!\w\d)(?:(?:(?<=1)9|(?<=2)0)\d\d\b|\d?[./-] ?\d{1,2}[./-] ?\d\d)")
TIME = re.compile(r"\d(?<!\w\d)\d?[:.h]\d\d\b")
WHEN = re.compile(  # the one or the other
    r"\d(?<!\w\d)(?:\d?[./-] ?\d{1,2}[./-] ?\d\d|\d?[:.h]\d\d\b|(?:(?<=1)9|(?<=2)0)\d\d\b)"
)
LONGEST, LONGEST_UNKNOWN = 40, 8


def meaning_of(line: str) -> int | None:
    """What the label in a line such as `*Sent:* Thursday` says: 0 if we don't know it, None if there is none."""
    name, colon, value = line[:LONGEST_START].partition(":")
    if not colon:
        name, colon, value = line[:LONGEST_START].partition(FULL_WIDTH)
    name = name.strip(ORNAMENT).lower() if colon else ""
    known = MEANINGS.get(name)
    return 0 if known is None and _may_be_label(name) and not value.startswith("//") else known


def _may_be_label(name: str) -> bool:
    return name[:1].isalpha() and len(name) <= LONGEST_LABEL and not ("@" in name or "<" in name or ">" in name)


def begins_block(lines: list[str], at: int) -> bool:
    """Whether a header block begins here. Most tell by two lines: who sent it, and when, to whom or about what."""
    line = lines[at]
    colon = line.find(":", 0, LONGEST_START)
    name = line[:colon].strip(ORNAMENT).lower() if colon >= 0 else line
    below = lines[at + 1] if at + 1 < len(lines) else ""
    first = MEANINGS.get(name)
    if first is None:
        if "<" not in line and "<" not in below and FULL_WIDTH not in line:
            return False
        return _may_begin_unknown(name, lines, at) and block_at(lines, at) > at
    second = MEANINGS.get(below.partition(":")[0].strip(ORNAMENT).lower(), 0) & TELLING & ~first
    if second and first & TELLING:
        sender = line if first & SENDER else below if second & SENDER else ""
        if sender and ADDRESS.search(sender[:400]):
            return True
    return _may_go_on(first, line, below) and block_at(lines, at) > at


def _may_begin_unknown(name: str, lines: list[str], at: int) -> bool:
    """In a language we don't know: with a named address near the top, and not with the colon of a time."""
    if name[-1:].isdigit() or not _may_be_label(name):
        return FULL_WIDTH in name
    return "<" in lines[at] or (at + 1 < len(lines) and "<" in lines[at + 1])


def block_at(lines: list[str], at: int) -> int:
    """Where the header block that begins here ends, or `at` if none does."""
    first = meaning_of(lines[at])
    if first is None or at + 1 == len(lines) or not _may_go_on(first, lines[at], lines[at + 1]):
        return at
    fields, labelled = [first], [lines[at]]
    end, limit = at + 1, LONGEST if first else LONGEST_UNKNOWN
    while end < len(lines) and end - at < limit:
        line = lines[end]
        if (meaning := meaning_of(line)) is not None:
            fields.append(meaning)
            labelled.append(line)
            limit = LONGEST if any(fields[:2]) else LONGEST_UNKNOWN
        elif not _goes_on(line):
            break
        end += 1
    return end if len(fields) > 1 and _is_block(fields, labelled) else at


def _may_go_on(first: int, line: str, below: str) -> bool:
    """Cheaply: with a label we know, or a named address in the language that we don't; and not alone."""
    if not (first or "<" in line or "<" in below):
        return False
    return ":" in below or FULL_WIDTH in below or _goes_on(below)


def _goes_on(line: str) -> bool:
    """The rest of a long list of recipients."""
    return line.rstrip().endswith(";") or bool(ADDRESS.search(line[:400]))


def _is_block(fields: list[int], lines: list[str]) -> bool:
    if not fields[0] & TELLING:
        is_unknown = len(lines) >= 3 and not any(field & TELLING for field in fields)
        return is_unknown and _has_shape([_value(line) for line in lines])
    known = told = 0
    sender = ""
    for field, line in zip(fields, lines, strict=True):
        if field & TELLING:
            told += 1
            known |= field & TELLING
            sender = sender or (line if field & SENDER else "")
    if told >= 3 and known.bit_count() >= 3:
        return (known & SUBJECT and _is_timed(fields, lines)) or any(ADDRESS.search(line[:400]) for line in lines)
    return known.bit_count() >= 2 and bool(ADDRESS.search(sender[:400]))


def _is_timed(fields: list[int], lines: list[str]) -> bool:
    """Whether one says when it was sent, to the minute: `From: May` and `To: June` are what a person writes, too."""
    return any(field & SENT and TIME.search(_value(line)) for field, line in zip(fields, lines, strict=True))


def _value(line: str) -> str:
    mark = ":" if ":" in line[:LONGEST_START] else FULL_WIDTH
    return line[:400].partition(mark)[2].lstrip("*_").strip()


def _has_shape(values: list[str]) -> bool:
    """Labels in a language we don't know: a named address near the top, and a moment to the minute. The bare
    address of a form that somebody filled in is not enough."""
    has_moment = any(MOMENT.search(value) and TIME.search(value) for value in values)
    return has_moment and any(NAMED.search(value) for value in values[:2])
