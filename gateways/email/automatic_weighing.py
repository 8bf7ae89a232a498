"""Where no single sentence decides, what speaks for a machine and what for a person is weighed.

People, too, write of an absence, of a closed firm, of a mail that has reached them. But a machine knows nobody's name,
asks nothing, has no matter of its own, and says what becomes of the mail meanwhile.
"""

import re
from typing import NamedTuple

from gateways.email.automatic_evidence import end_of, found, of_its_script
from gateways.email.automatic_naming import names_reader
from gateways.email.automatic_text import (
    QUESTION,
    has_own_matter,
    is_urgent,
    names_stand_in,
    speaks_of_itself,
    tells_of_later,
)
from gateways.email.automatic_words import REPLY

ENOUGH = 5
MOST_WORDS, LONGEST_QUESTION = 110, 3
HEADING_ENDS = re.compile(r"\W*(?:[\w./-]+\W+){0,3}$|\s?[:(/–—|-]|\s(?:re|aw|odp|fwd?)\s?:")
OFFICE = re.compile(
    r"(?:info|kontakt|contacto?|office|oficina|kancelar\w*|biuro|buero|bureau|firma|mail|posta|poczta|hello|hallo|hola|ahoj"
    r"|support|podpora|soporte|help\w*|pomoc|service\w*|care|kunden\w*|klant\w*|client\w*|jobs?|hr|rh|careers?|karriere"
    r"|kariera|personal\w*|recruit\w*|recrut\w*|bewerbung\w*|talent\w*|team|sekretariat|secretariat|recepce|reception"
    r"|shop|store|laden|winkel|boutique|tienda|sklep|obchod|predajn\w*|prodejn\w*"
    r"|termine?|booking\w*|appointments?|rez\w*|calendar|kalend\w*|ticket\w*|system|admin\w*|portal)(?:[._-][\w.-]*)?@"
)


class Told(NamedTuple):
    """`text` is what was said in lower case and without links, `said` as it was written."""

    subject: str
    text: str
    said: str
    sender: str
    is_nobodys: bool
    is_bulk: bool

    def shows(self, sign: str) -> bool:
        seen = SEEN.get(sign)
        return seen(self) if seen else found(sign, self.text)


class Kind(NamedTuple):
    """What the signs of a kind of mail are worth; it is weighed where one of `needs` is there."""

    because: str
    needs: tuple[str, ...]
    worth: dict[str, int]


BY_HAND = {"own": -2, "asks": -5, "matter": -3, "proposes": -3, "names_reader": -3, "is_long": -2}
KINDS = (
    Kind(
        "its text tells of an absence and what becomes of the mail",
        ("absent", "rarely", "heading", "mails"),
        {"absent": 2, "heading": 2, "rarely": 2, "later": 2, "mails": 2, "deputy": 2}
        | {"span": 1, "cut_off": 1, "urgent": 1, "address": 1, "patience": 1}
        | BY_HAND,
    ),
    Kind(
        "its text tells that a firm is closed",
        ("closed",),
        {"closed": 2, "heading": 2, "later": 2, "everyone": 1, "span": 1, "patience": 1, "is_office": 1} | BY_HAND,
    ),
    Kind(
        "a request was taken in",
        ("taken", "promise"),
        {"taken": 2, "promise": 2, "everyone": 2, "subject": 2, "unread": 2}
        | {"thanks": 1, "team": 1, "is_office": 1, "is_bulk": 1}
        | {"asks": -5, "myself": -4, "is_long": -2},
    ),
    Kind(
        "a notice from an address that nobody reads",
        ("is_nobodys",),
        {"is_nobodys": 2, "footer": 3, "account": 3, "unread": 3, "is_bulk": 1, "passed_on": -4},
    ),
    Kind(
        "a program has booked an appointment",
        ("booked",),
        {"booked": 2, "rebook": 2, "is_office": 1, "is_nobodys": 1, "proposes": -3},
    ),
)


def weighed(told: Told) -> str:
    """Of which kind it is; empty if it is a person's."""
    return next((kind.because for kind in KINDS if _weight(told, kind) >= ENOUGH), "")


def speaks_for_nobody(text: str) -> bool:
    """As an answer from where nobody reads does, unless it passes on what a person has written."""
    return found("unread", text) or not ("?" in text or speaks_of_itself(text) or found("passed_on", text))


def _weight(told: Told, kind: Kind) -> int:
    if not any(told.shows(sign) for sign in kind.needs):
        return 0
    return sum(points for sign, points in kind.worth.items() if told.shows(sign))


def _is_heading(told: Told) -> bool:
    """The subject is one: not that of the mail it answers, nor a sentence that begins so."""
    end = 0 if REPLY.match(told.subject) else end_of("heading", told.subject)
    return bool(end and HEADING_ENDS.match(told.subject[end:]))


def _takes_in(told: Told) -> bool:
    return not REPLY.match(told.subject) and found("subject", told.subject, of_its_script(told.subject))


def _asks(told: Told) -> bool:
    """More than "Urgent?"."""
    questions = QUESTION.findall(told.text)
    return any(len(one.split()) > LONGEST_QUESTION and not is_urgent(one) for one in questions)


def _names_reader(told: Told) -> bool:
    return not found("everyone", told.text[:80]) and names_reader(told.said)


SEEN = {
    "heading": _is_heading,
    "subject": _takes_in,
    "asks": _asks,
    "deputy": lambda told: found("deputy", told.text) or "@" in told.text or names_stand_in(told.text),
    "later": lambda told: found("later", told.text) or tells_of_later(told.text),
    "urgent": lambda told: is_urgent(told.text),
    "own": lambda told: has_own_matter(told.text),
    "names_reader": _names_reader,
    "address": lambda told: "@" in told.text and told.sender not in told.text,
    "taken": lambda told: found("taken", told.text) or (not REPLY.match(told.subject) and found("taken", told.subject, of_its_script(told.subject))),
    "is_long": lambda told: len(told.text.split()) > MOST_WORDS,
    "is_office": lambda told: bool(OFFICE.match(told.sender)),
    "is_nobodys": lambda told: told.is_nobodys,
    "is_bulk": lambda told: told.is_bulk,
}
