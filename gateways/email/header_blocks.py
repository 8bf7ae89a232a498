"""Header blocks in the text of a mail (`From: … Sent: … To: … Subject: …`), recognised by their shape."""

import re

from gateways.email.languages import words

FIELDS = ("sender", "sent", "to", "cc", "subject")
# A word may mean two things: `de` opens the sender's line in French, `da` a date in Slovene.
MEANINGS = {label: {one for one in FIELDS if label in words(one)} for field in FIELDS for label in words(field)}

NOTHING: set[str] = set()
LONGEST_LABEL = 31
ORNAMENT = " \t\r\f\v\xa0*_"
ADDRESS = re.compile(r"[^\s@<>]@[^\s@<>]")
NAMED = re.compile(r"[^\s<>] ?<[^\s<>@]{1,64}@[^\s<>@]{1,255}>")
MOMENT = re.compile(r"\b(?:19|20)\d\d\b|\b\d{1,2}[./-] ?\d{1,2}[./-] ?\d\d")
TIME = re.compile(r"\b\d{1,2}[:.h]\d\d\b")
LONGEST, LONGEST_UNKNOWN = 40, 8


def label_of(line: str) -> tuple[str, str] | None:
    """Name and value of a line such as `*Sent:* Thursday`."""
    at = line.find(":", 0, 45)
    if at < 0 and (at := line.find("\uff1a", 0, 45)) < 0:
        return None
    name = line[:at].strip(ORNAMENT)
    if not (0 < len(name) <= LONGEST_LABEL and name[0].isalpha()) or "@" in name or "<" in name or ">" in name:
        return None
    value = line[at + 1 : 400].lstrip("*_")
    return None if value.startswith("//") else (name.lower(), value.strip())


def block_at(lines: list[str], at: int) -> int:
    """Where the header block that begins here ends, or `at` if none does."""
    fields: list[set[str]] = []
    values: list[str] = []
    end, limit = at, LONGEST
    while end < len(lines) and end - at < limit:
        label = label_of(lines[end])
        if label:
            fields.append(MEANINGS.get(label[0], NOTHING))
            values.append(label[1])
            limit = LONGEST if any(fields[:2]) else LONGEST_UNKNOWN
        elif not (values and _goes_on(lines[end])):
            break
        end += 1
    return end if _is_block(fields, values) else at


def _goes_on(line: str) -> bool:
    """The rest of a long list of recipients."""
    return bool(ADDRESS.search(line[:400])) or line.rstrip().endswith(";")


def _is_block(fields: list[set[str]], values: list[str]) -> bool:
    if len(values) < 2:
        return False
    known = {name for field in fields for name in field} - {"cc"}
    if not fields[0] & known:
        return len(values) >= 3 and not known and _has_shape(values)
    has_address = any(ADDRESS.search(value) for value in values)
    if sum(bool(field & known) for field in fields) >= 3 and len(known) >= 3:
        return has_address or ("subject" in known and bool(known & {"sender", "sent"}))
    sender = next((value for field, value in zip(fields, values, strict=True) if "sender" in field), "")
    return len(known) >= 2 and bool(ADDRESS.search(sender))


def _has_shape(values: list[str]) -> bool:
    """Labels in a language we don't know: a named address near the top, and a moment to the minute. The bare
    address of a form that somebody filled in is not enough."""
    has_moment = any(MOMENT.search(value) and TIME.search(value) for value in values)
    return has_moment and any(NAMED.search(value) for value in values[:2])
