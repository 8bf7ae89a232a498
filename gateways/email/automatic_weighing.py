"""Where no single sentence decides, what speaks for a machine and what for a person is weighed.

People, too, write of an absence, of a closed firm, of a mail that has reached them. But a machine knows nobody's name,
asks nothing, has no matter of its own, and says what becomes of the mail meanwhile.
"""

from typing import NamedTuple

from gateways.email.automatic_evidence import found
from gateways.email.automatic_signs import Told
from gateways.email.automatic_text import speaks_of_itself

ENOUGH = 5


class Kind(NamedTuple):
    """What the signs of a kind of mail are worth; it is weighed where one of `needs` is there."""

    because: str
    needs: tuple[str, ...]
    worth: dict[str, int]


BY_HAND = {
    "own": -2,
    "asks": -5,
    "matter": -3,
    "proposes": -3,
    "names_reader": -3,
    "answers_machine": -5,
    "is_long": -2,
}
KINDS = (
    Kind(
        "its text tells of an absence and what becomes of the mail",
        ("absent", "rarely", "heading", "mails"),
        {"absent": 2, "heading": 2, "rarely": 2, "later": 2, "mails": 2, "deputy": 2}
        | {"span": 1, "cut_off": 1, "urgent": 1, "address": 1, "patience": 1, "renamed": 1, "everyone": 1}
        | BY_HAND,
    ),
    Kind(
        "its text tells that a firm is closed",
        ("closed",),
        {"closed": 2, "heading": 2, "later": 2, "everyone": 1, "span": 1, "patience": 1, "is_office": 1} | BY_HAND,
    ),
    Kind(
        "a request was taken in",
        ("taken", "promise", "put_before"),
        {"taken": 2, "promise": 2, "everyone": 2, "subject": 2, "unread": 2, "renamed": 2, "put_before": 2}
        | {"thanks": 1, "team": 1, "is_office": 1, "is_bulk": 1, "has_number": 1}
        | {"asks": -5, "myself": -4, "is_long": -2},
    ),
    Kind(
        "a notice from an address that nobody reads",
        ("is_nobodys",),
        {"is_nobodys": 2, "footer": 3, "account": 3, "unread": 3, "is_bulk": 1, "passed_on": -4},
    ),
    Kind(
        "an empty Return-Path, as no person's mail has it",
        ("is_from_nowhere",),
        {"is_from_nowhere": 4, "unread": 3, "security": 3}
        | dict.fromkeys(("absent", "closed", "taken", "notice", "footer", "booked"), 2)
        | dict.fromkeys(("heading", "subject", "renamed", "is_firm", "is_nobodys", "is_programs"), 2)
        | dict.fromkeys(("thanks", "promise", "deputy", "later", "is_office"), 1)
        | {"asks": -3, "myself": -3, "names_reader": -3, "answers_machine": -5, "passed_on": -3},
    ),
    Kind(
        "a notice of a service",
        ("notice", "many", "unread", "security"),
        {"notice": 2, "many": 3, "is_firm": 3, "is_nobodys": 2, "footer": 3, "unread": 3, "team": 1, "is_office": 1}
        | {"security": 3, "is_programs": 2}
        | {"is_answer": -3, "passed_on": -4, "myself": -4}
        | BY_HAND,
    ),
    Kind(
        "a newsletter",
        ("footer",),
        {"footer": 3, "issue": 2, "is_firm": 3, "is_nobodys": 2, "everyone": 1}
        | {"is_answer": -4, "myself": -4, "asks": -3, "names_reader": -3},
    ),
    Kind(
        "its words are those of machines",
        ("like_0",),
        {"like_0": 3, "like_1": 1, "like_2": 1, "like_3": 1, "like_4": 1}
        | dict.fromkeys(("heading", "subject", "unread", "is_nobodys", "is_from_nowhere"), 2)
        | dict.fromkeys(("renamed", "is_office", "is_firm", "is_programs", "is_bulk", "everyone", "team"), 1)
        | dict.fromkeys(("absent", "closed", "rarely", "later", "mails", "deputy", "taken", "thanks", "promise"), 1)
        | dict.fromkeys(("notice", "many", "issue", "footer", "booked", "security"), 1)
        | {"own": -2, "asks": -3, "proposes": -3, "answers_machine": -5, "names_reader": -2, "passed_on": -2}
        | {"myself": -1, "matter": -1, "is_long": -1, "is_for_another": -4, "has_files": -3},
    ),
    Kind(
        "a program has booked an appointment",
        ("booked",),
        {"booked": 2, "rebook": 2, "is_programs": 2, "is_firm": 2, "is_office": 1, "is_nobodys": 1, "has_number": 1}
        | {"proposes": -3, "myself": -2},
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
