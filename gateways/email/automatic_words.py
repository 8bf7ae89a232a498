"""How machines announce themselves in a subject."""

import re
import tomllib
from pathlib import Path

from gateways.email.automatic_text import (
    Expression,
    has_own_matter,
    is_named,
    nobody_reads,
    pieces,
    tells_away,
    tells_of_our_mail,
)

_TABLES: dict[str, dict[str, list[str]]] = tomllib.loads(
    Path(__file__).with_name("machines.toml").read_text(encoding="utf-8")
)


def words(field: str) -> frozenset[str]:
    """All languages' words for one thing: a machine may answer in another than the mail it answers."""
    return frozenset(word for table in _TABLES.values() for word in table.get(field, ()))


AUTOMATIC_REPLY = tuple(words("automatic_reply"))
AWAY = tuple(words("away"))
BOUNCE = tuple(words("bounce"))
CHALLENGE = tuple(words("challenge"))
READ = tuple(words("read"))
RECEIPT = tuple(words("receipt"))

MESSAGE = re.compile("|".join(words("message")))
# A heading that names a mail ("Automatic reply") is a machine's. One that names an absence ("Out of office") may be
# a person's, who writes of theirs: then the text decides.
NOTICES = tuple(phrase for phrase in AUTOMATIC_REPLY if MESSAGE.search(phrase) or "auto" in phrase or "авто" in phrase)
ABSENCES = tuple(set(AUTOMATIC_REPLY) - set(NOTICES))
ABSENCE = re.compile("|".join(map(re.escape, (*words("absence"), *words("back"), *AWAY, *ABSENCES))))

RETURN = re.compile("|".join(map(re.escape, words("back"))))

# A sentence that someone is away, not a word about absences.
STATEMENTS = tuple(phrase for phrase in (*ABSENCES, *AWAY) if " " in phrase)

HEADING_ENDS = re.compile(r"\s?[:\])!*.\"'»“–—(/|-]|\s(?:re|aw|fwd?|auto-?reply)\b|\s(?:na|to|auf|für|for|op|à|на)\s?:")
# A program puts its words before the subject it answers: "On holiday: Re: …". Nobody writes so by hand.
ABSENCE_BEFORE_REPLY = re.compile(
    rf"[^:]{{0,40}}?\b(?:{'|'.join((*words('absence'), *ABSENCES))})(?:[^:]{{0,30}}:\s?|\s)"
    r"(?:re|aw|sv|antw|odp|ha|rv|на|відп|отв)\s?:"
)
AUTO_ABSENCE = re.compile(rf"auto: .{{0,80}}?(?:{'|'.join(words('absence'))})")
OFFICE_UNTIL = re.compile(
    r"(?:out of (?:the )?office|mimo kancel\w+|nicht im büro|poza biurem|absent du bureau|fuera de (?:la )?oficina"
    r"|вне офиса|поза офісом|niet op kantoor)\s(?:until|till|from|bis|do|od|tot|vanaf|до|с|jusqu|du|hasta|desde)\b"
)
IN_BRACKETS = re.compile(r"[(\[]([^()\[\]]{3,60})[)\]]$")
SOMEBODY_AWAY = Expression(rf".{{2,80}}?\s{pieces('somebody_away')}")
# What people's programs put before the subject they answer.
REPLY = re.compile(
    r"(?:re|aw|sv|vs|antw|odp|ha|rv|na|res|tr|rif|ynt|fwd?|wg|pd|vb|відп|отв|на|antwort|odpov[eě]ď|odpowiedź|ответ|відповідь"
    r"|réponse|respuesta|risposta)\s?(?:[\[(]\d{1,3}[\])])?\s?[:：]"
)
DAY = re.compile(r"\d")
MOST_WORDS = 6  # of what a program puts before a subject
# What a ticket system and a filter put before a subject.
TAG = re.compile(r"^\W{0,3}(?:\[(?:[^\]]{0,60}\d|ext|spam|bulk|suspect)[^\]]{0,60}\]|\*+spam\*+)\s+")
OPENING = re.compile(r"^[\s\[(*!\"'<«„]*")


def announces(subject: str, phrases: tuple[str, ...]) -> bool:
    """The subject begins with one of these as a heading: alone, or before a colon, a bracket or a dash."""
    subject = _bare(subject)
    return any(_is_heading(subject[len(phrase) :], phrase) for phrase in phrases if subject.startswith(phrase))


def announces_reply(subject: str, said: str, *, is_answer: bool) -> bool:
    """The subject is one that a vacation program makes; where it may be a person's own, the text tells of an absence
    and asks nothing. Who answers by hand keeps the subject of what they answer."""
    bare, said = _bare(subject).strip(), said.lower()
    if bare in NOTICES and "auto" not in bare and "авто" not in bare:
        return "?" not in said and bare not in said  # a person asks for one
    if announces(subject, NOTICES) or ABSENCE_BEFORE_REPLY.match(bare) or AUTO_ABSENCE.match(bare):
        return True
    if _is_a_programs_own(bare, said, is_answer=is_answer):
        return "?" not in said and not has_own_matter(said)
    return bool(announces(subject, ABSENCES) or OFFICE_UNTIL.match(bare)) and _is_away(bare, said, is_answer=is_answer)


def _is_a_programs_own(subject: str, said: str, *, is_answer: bool) -> bool:
    """About its user in the third person; or in an answer, which a person writes under the subject that it has."""
    if is_answer and not REPLY.match(subject):
        return _names_what_it_is(subject) or tells_away(said)
    return bool(SOMEBODY_AWAY.match(subject) or subject.startswith("auto:")) and tells_away(said)


def _names_what_it_is(subject: str) -> bool:
    head, colon, _rest = subject.partition(":")
    if len(head.split()) > MOST_WORDS:
        return False
    is_a_notice = colon or MESSAGE.search(head) or DAY.search(head)
    return bool(is_a_notice and ABSENCE.search(head)) or is_named(head)


def _is_away(subject: str, said: str, *, is_answer: bool) -> bool:
    if "auto" in subject.partition(":")[0]:
        return True
    if "?" in said or len(said.split()) < 3:
        return False
    told = said.replace(subject, "") if subject in ABSENCES else said
    return is_answer or bool(re.search(r"\d", said)) or tells_away(told) or tells_of_return(told)


def tells_of_return(said: str) -> bool:
    return bool(RETURN.search(said))


def tells_of_absence(said: str) -> bool:
    """Of an absence or the return from one; and asks nothing."""
    return "?" not in said and bool(ABSENCE.search(said.lower()))


def speaks_for_someone_away(said: str) -> bool:
    """As what answers in their place does: it says that they are away and asks nothing, or that nobody reads it."""
    is_away = "?" not in said and any(phrase in said for phrase in STATEMENTS)
    return is_away or nobody_reads(said)


def is_receipt(subject: str, said: str) -> bool:
    """The subject announces one, and the text speaks of the mail that was read, or says nothing."""
    said = said.lower()
    if announces(subject, READ) and tells_of_our_mail(said):
        return True
    return announces(subject, RECEIPT) and (not said or tells_of_our_mail(said) or bool(MESSAGE.search(said)))


def says_it_was_read(subject: str, said: str) -> bool:
    """In words that a person may begin a subject with, too (`Read: …`): it takes another sign to believe them."""
    return announces(subject, READ) and "?" not in said


def _is_heading(rest: str, phrase: str) -> bool:
    return (
        phrase.endswith(":") or not rest.strip() or bool(HEADING_ENDS.match(rest)) or rest.lstrip().startswith(ABSENCES)
    )


def ends_with_one(subject: str, phrases: tuple[str, ...]) -> bool:
    """One of them stands in brackets at the subject's end."""
    found = IN_BRACKETS.search(subject[:500].strip().lower())
    return found is not None and found[1].strip() in phrases


def opens_with(subject: str, phrases: tuple[str, ...]) -> bool:
    return _bare(subject).startswith(phrases)


def _bare(subject: str) -> str:
    return OPENING.sub("", TAG.sub("", subject[:500].lower()))
