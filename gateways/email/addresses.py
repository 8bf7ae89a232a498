"""Lists of addresses, as loosely as they are written."""

import re
from collections.abc import Iterator
from itertools import islice

from gateways.email.mail import Address

MOST = 5_000
LONGEST = 1_000
ENTRY = re.compile(r'(?:"(?:[^"\\]|\\.){0,500}"|<[^<>]{0,500}>|[^",;<])+|["<]')
BARE = re.compile(r"[^\s<>()\[\],;:\"']+@[^\s<>()\[\],;:\"']+")


def addresses(value: str) -> tuple[Address, ...]:
    """Those in a header value, in order; what holds no address is left out."""
    found = (_address(entry) for entry in _entries(value))
    return tuple(islice((one for one in found if one), MOST))


def _entries(value: str) -> Iterator[str]:
    """Each with an address; a comma inside its name (`Dvořáková, Jana <jana@…>`) doesn't part it."""
    name = ""
    for entry in islice(ENTRY.finditer(value), 2 * MOST):
        text = entry[0][:LONGEST]
        if "@" in text:
            yield (name + text.strip())[-LONGEST:] if "<" in text else text
            name = ""
        else:
            name = f"{name}{text.strip()}, "[-LONGEST:] if value[entry.end() : entry.end() + 1] == "," else ""


def named(value: str) -> Address:
    """The first address, or the bare name (`MAILER-DAEMON`) with none."""
    found = addresses(value)
    return found[0] if found else Address(_name(value[:200]), "")


def _address(entry: str) -> Address | None:
    inside = re.search(r"<([^<>]*)>", entry)
    match = BARE.search(inside[1]) if inside else None
    match = match or BARE.search(entry)
    if not match:
        return None
    name = entry[: inside.start()] if inside else entry.replace(match[0], "", 1)
    return Address(_name(name), match[0].strip(".").lower())


def _name(text: str) -> str:
    text = re.sub(r"^[\w .-]{1,60}:(?=\s*\S)", "", text) if "@" not in text else text
    return re.sub(r"\\(.)", r"\1", text).strip(" \t\"'()<>:")
