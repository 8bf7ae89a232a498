"""Lists of addresses, as loosely as they are written."""

import re
from collections.abc import Iterator
from itertools import islice

from gateways.email.mail import Address

MOST = 5_000
LONGEST = 1_000
LONGEST_MAILBOX = 254  # RFC 5321, 4.5.3.1.3
QUOTED, COMMENT = r'"(?:[^"\\]|\\.){0,500}"', r"\((?:[^()\\]|\\.){0,500}\)"
# What is escaped is nobody's address either: so stands what was encoded (headers.py).
ENTRY = re.compile(rf'(?:{QUOTED}|{COMMENT}|<[^<>]{{0,500}}>|\\.|[^",;<(\\]++)+|["<(\\]')
ANGLES = re.compile(rf"{QUOTED}|{COMMENT}|\\.|<([^<>]*)>")
HOST = r"[^\s<>()\[\],;:\"'\\]+"
BARE = rf"(?<![^\s<>()\[\],;:\"@])[^\s<>()\[\],;:\"@\\]++@{HOST}"
MAILBOX = re.compile(rf"({QUOTED}@{HOST}|{BARE})|{QUOTED}|{COMMENT}|\\.")


def addresses(value: str) -> tuple[Address, ...]:
    """Those in a header value, in order; what holds no address is left out."""
    return tuple(islice(_found(value), MOST))


def named(value: str) -> Address:
    """The first address, or the bare name (`MAILER-DAEMON`) with none."""
    found = addresses(value)
    return found[0] if found else Address(_name(value[:200]), "")


def _found(value: str) -> Iterator[Address]:
    """A comma inside a name (`Dvořáková, Jana <jana@…>`) doesn't part it."""
    name = ""
    for entry in islice(ENTRY.finditer(value), 2 * MOST):
        text = entry[0]
        if "@" in text:
            yield from _in_angles(text, name) or _bare(text)
            name = ""
        else:
            is_begun = value[entry.end() : entry.end() + 1] == ","
            name = f"{name}{text.strip()}, "[-LONGEST:] if is_begun else ""


def _in_angles(entry: str, name: str) -> list[Address]:
    """What is quoted or in a comment before it looks like an address as its writer pleases, and is a name."""
    found, end = list[Address](), 0
    for angles in ANGLES.finditer(entry):
        if angles[1] and (mailboxes := _mailboxes(angles[1])):
            found.append(_address(name + entry[end : angles.start()].lstrip(), mailboxes[0]))
            name, end = "", angles.end()
    return found


def _bare(entry: str) -> list[Address]:
    """Nothing but the address, or with its name in quotes or a comment beside it; else one that is in these."""
    if not (mailboxes := _mailboxes(entry)):
        entry = _unescaped(entry)
        mailboxes = [one for one in re.findall(BARE, entry)[:1] if len(one) <= LONGEST_MAILBOX]
    name = entry.replace(mailboxes[0], "", 1) if len(mailboxes) == 1 else ""
    return [_address(name, mailbox) for mailbox in mailboxes]


def _mailboxes(text: str) -> list[str]:
    return [found[1] for found in MAILBOX.finditer(text) if found[1] and len(found[1]) <= LONGEST_MAILBOX]


def _address(name: str, mailbox: str) -> Address:
    return Address(_name(name), mailbox.strip("'.").lower())


def _name(text: str) -> str:
    text = re.sub(r"^[\w .-]{1,60}:(?=\s*\S)", "", text) if "@" not in text else text
    return _unescaped(text)[-LONGEST:].strip(" \t\"'()<>:")


def _unescaped(text: str) -> str:
    return re.sub(r"\\(.)", r"\1", text)
