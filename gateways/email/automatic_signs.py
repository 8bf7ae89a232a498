"""What a mail shows that speaks for a machine or for a person: its words, its subject, who sends it."""

import re
from typing import NamedTuple
from unicodedata import normalize

from gateways.email.automatic_evidence import end_of, found, languages_of, of_its_script
from gateways.email.automatic_learned import likeness
from gateways.email.automatic_naming import names_reader
from gateways.email.automatic_text import (
    QUESTION,
    has_number,
    has_own_matter,
    is_named,
    is_urgent,
    names_stand_in,
    tells_of_later,
)
from gateways.email.automatic_words import REPLY

MOST_WORDS, LONGEST_QUESTION = 110, 3
ANSWERED = re.compile(r"[^\s:\[(][\s!.–—-]+(?:re|aw|sv|antw|odp|rv|на|ha)\s?:")
TWO_LETTERS = re.compile("[aou]e")
HEADING_ENDS = re.compile(r"\W*(?:[\w./-]+\W+){0,3}$|\s?[:(/–—|-]|\s(?:re|aw|odp|fwd?)\s?:")
OFFICE = re.compile(
    r"(?:info|kontakt|contacto?|office|oficina|kancelar\w*|biuro|\w*buero|bureau|firma|rathaus|mairie|podateln\w*|urzad|mail|posta|poczta|hello|hallo|hola|ahoj"
    r"|support|podpora|soporte|help\w*|pomoc|service\w*|care|kunden\w*|klant\w*|client\w*|jobs?|hr|rh|careers?|karriere"
    r"|kariera|personal\w*|recruit\w*|recrut\w*|bewerbung\w*|talent\w*|team|sekretariat|secretariat|recepce|reception"
    r"|shop|store|laden|winkel|boutique|tienda|sklep|obchod|predajn\w*|prodejn\w*"
    r"|termine?|booking\w*|appointments?|rez\w*|calendar|kalend\w*|ticket\w*|system|admin\w*|portal)(?:[._-][\w.-]*)?@"
)


class Told(NamedTuple):
    """`text` is what was said in lower case and without links, `said` as it was written; `name` is the sender's."""

    subject: str
    text: str
    said: str
    sender: str
    name: str
    is_answer: bool
    is_nobodys: bool
    is_bulk: bool
    is_from_nowhere: bool
    is_programs: bool
    is_for_another: bool
    has_files: bool

    def shows(self, sign: str) -> bool:
        """One of the signs below, or else a word of the evidence."""
        seen = SEEN.get(sign)
        return seen(self) if seen else found(sign, self.text)


def _is_heading(told: Told) -> bool:
    """The subject is one: not that of the mail it answers, nor a sentence that begins so."""
    end = 0 if REPLY.match(told.subject) else end_of("heading", told.subject)
    return bool(end and HEADING_ENDS.match(told.subject[end:]))


def _takes_in(told: Told) -> bool:
    return not REPLY.match(told.subject) and found("subject", told.subject, of_its_script(told.subject))


def _is_renamed(told: Told) -> bool:
    """An answer under a subject of its own: people leave the one that it has."""
    return told.is_answer and not REPLY.match(told.subject)


def _answers_machine(told: Told) -> bool:
    """`Re: Automatic reply: …`: machines don't answer each other."""
    replied = REPLY.match(told.subject)
    return replied is not None and is_named(told.subject[replied.end() :].partition(":")[0])


def _puts_before(told: Told) -> bool:
    """`Thanks for your message Re: Forklift drivers`."""
    return not REPLY.match(told.subject) and bool(ANSWERED.search(told.subject))


def _is_firm(told: Told) -> bool:
    """A firm's own name and address, no person's at it: `JobHarbour <alerts@jobharbour.example>`."""
    local, _, domain = told.sender.partition("@")
    words = [_plain(word) for word in told.name.lower().split()]
    if not words or any(len(word) > 2 and word in _plain(local) for word in words):
        return False
    last = told.text.rstrip().rpartition("\n")[2]
    if _plain(told.name.lower()) in _plain(domain):
        return True
    names_itself = told.name.lower() in last or any(len(word) > 5 and word in _plain(domain) for word in words)
    return bool(OFFICE.match(told.sender)) and names_itself


def _plain(text: str) -> str:
    """Its letters without accents, as names stand in domains."""
    letters = "".join(letter for letter in normalize("NFKD", text) if letter.isalnum())
    return TWO_LETTERS.sub(lambda umlaut: umlaut[0][0], letters)


def _asks(told: Told) -> bool:
    """More than "Urgent?", or whether one would write to somebody else."""
    questions = QUESTION.findall(told.text)
    return any(
        len(one.split()) > LONGEST_QUESTION and not (is_urgent(one) or found("deputy", one, languages_of(told.text)))
        for one in questions
    )


def _names_reader(told: Told) -> bool:
    return not found("everyone", told.text[:80]) and names_reader(told.said)


def _is_like(told: Told, least: float) -> bool:
    return likeness(told.subject, told.text) > least


SEEN = {
    "like_0": lambda told: _is_like(told, 0),
    "like_1": lambda told: _is_like(told, 1),
    "like_2": lambda told: _is_like(told, 2),
    "like_3": lambda told: _is_like(told, 3),
    "like_4": lambda told: _is_like(told, 4),
    "has_number": lambda told: has_number(told.text),
    "is_answer": lambda told: told.is_answer,
    "is_firm": _is_firm,
    "renamed": _is_renamed,
    "answers_machine": _answers_machine,
    "put_before": _puts_before,
    "heading": _is_heading,
    "subject": _takes_in,
    "asks": _asks,
    "deputy": lambda told: found("deputy", told.text) or "@" in told.text or names_stand_in(told.text),
    "later": lambda told: found("later", told.text) or tells_of_later(told.text),
    "urgent": lambda told: is_urgent(told.text),
    "own": lambda told: has_own_matter(told.text),
    "names_reader": _names_reader,
    "address": lambda told: "@" in told.text and told.sender not in told.text,
    "taken": lambda told: (
        found("taken", told.text)
        or (not REPLY.match(told.subject) and found("taken", told.subject, of_its_script(told.subject)))
    ),
    "is_long": lambda told: len(told.text.split()) > MOST_WORDS,
    "is_office": lambda told: bool(OFFICE.match(told.sender)),
    "is_nobodys": lambda told: told.is_nobodys,
    "is_bulk": lambda told: told.is_bulk,
    "is_from_nowhere": lambda told: told.is_from_nowhere,
    "is_programs": lambda told: told.is_programs,
    "is_for_another": lambda told: told.is_for_another,
    "has_files": lambda told: told.has_files,
}
