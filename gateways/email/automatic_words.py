"""How machines announce themselves in a subject."""

import re
import tomllib
from pathlib import Path

_TABLES: dict[str, dict[str, list[str]]] = tomllib.loads(
    Path(__file__).with_name("machines.toml").read_text(encoding="utf-8")
)


def words(field: str) -> frozenset[str]:
    """All languages' words for one thing: a machine may answer in another than the mail it answers."""
    return frozenset(word for table in _TABLES.values() for word in table.get(field, ()))


AUTOMATIC_REPLY = tuple(words("automatic_reply"))
AUTOMATIC_TEXT = tuple(words("automatic_text"))
AWAY = tuple(words("away"))
BOUNCE = tuple(words("bounce"))
CHALLENGE = tuple(words("challenge"))
READ = tuple(words("read"))
RECEIPT = tuple(words("receipt"))
UNREAD = tuple(words("unread"))

MESSAGE = re.compile("|".join(words("message")))
# A heading that names a mail ("Automatic reply") is a machine's. One that names an absence ("Out of office") may be
# a person's, who writes of theirs: then the text decides.
NOTICES = tuple(phrase for phrase in AUTOMATIC_REPLY if MESSAGE.search(phrase) or "auto" in phrase or "авто" in phrase)
ABSENCES = tuple(set(AUTOMATIC_REPLY) - set(NOTICES))
ABSENCE = re.compile("|".join(map(re.escape, (*words("absence"), *words("back"), *AWAY, *ABSENCES))))

# A sentence that someone is away, not a word about absences.
STATEMENTS = tuple(phrase for phrase in (*ABSENCES, *AWAY) if " " in phrase)

HEADING_ENDS = re.compile(r"\s?[:\])!*.\"'»“–—(-]|\s(?:re|aw|fwd?|auto-?reply)\b|\s(?:na|to|auf|für|for|op|à|на)\s?:")
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
SENTENCE = re.compile(r"[^.!?,\n]+[.!?]?")  # or what stands after its greeting
OPENING = re.compile(r"^[\s\[(*!\"'<«„]*")


def announces(subject: str, phrases: tuple[str, ...]) -> bool:
    """The subject begins with one of these as a heading: alone, or before a colon, a bracket or a dash."""
    subject = _bare(subject)
    return any(_is_heading(subject[len(phrase) :], phrase) for phrase in phrases if subject.startswith(phrase))


def announces_reply(subject: str, said: str, *, is_answer: bool) -> bool:
    """The subject is one that a vacation program makes; where it may be a person's own, the text tells of an absence
    and asks nothing. Who answers by hand keeps the subject of what they answer."""
    bare, said = _bare(subject).strip(), said.lower()
    is_alone = bare in AUTOMATIC_REPLY and "auto" not in bare and "авто" not in bare
    if is_alone and bare in NOTICES:
        return "?" not in said and bare not in said  # a person asks for one
    if announces(subject, NOTICES) or ABSENCE_BEFORE_REPLY.match(bare) or AUTO_ABSENCE.match(bare):
        return True
    if not (announces(subject, ABSENCES) or OFFICE_UNTIL.match(bare)):
        return False
    if "auto" in bare.partition(":")[0]:
        return True
    if "?" in said or len(said.split()) < 3:
        return False
    return is_answer or bool(re.search(r"\d", said)) or tells_of_absence(said.replace(bare, "") if is_alone else said)


def tells_of_absence(said: str) -> bool:
    """Of an absence or the return from one; and asks nothing."""
    return "?" not in said and bool(ABSENCE.search(said.lower()))


def speaks_for_someone_away(said: str) -> bool:
    """As what answers in their place does: it says that they are away and asks nothing, or that nobody reads it."""
    is_away = "?" not in said and any(phrase in said for phrase in STATEMENTS)
    return is_away or any(phrase in said for phrase in UNREAD)


def is_receipt(subject: str, said: str) -> bool:
    """The subject announces one, and the text speaks of the mail that was read, or says nothing."""
    return announces(subject, RECEIPT) and (not said or bool(MESSAGE.search(said.lower())))


def says_it_was_read(subject: str, said: str) -> bool:
    """In words that a person may begin a subject with, too (`Read: …`): it takes another sign to believe them."""
    return announces(subject, READ) and "?" not in said


def _is_heading(rest: str, phrase: str) -> bool:
    return phrase.endswith(":") or not rest.strip() or bool(HEADING_ENDS.match(rest))


def ends_with_one(subject: str, phrases: tuple[str, ...]) -> bool:
    """One of them stands in brackets at the subject's end."""
    found = IN_BRACKETS.search(subject[:500].strip().lower())
    return found is not None and found[1].strip() in phrases


def declares(text: str, phrases: tuple[str, ...]) -> bool:
    """A sentence of the text begins with one of these and speaks of a message; a question declares nothing."""
    sentences = (found[0].strip(' \n*_-–—•>(["') for found in SENTENCE.finditer(text))
    return any(
        sentence.startswith(phrases) and MESSAGE.search(sentence) and not sentence.endswith("?")
        for sentence in sentences
    )


def opens_with(subject: str, phrases: tuple[str, ...]) -> bool:
    return _bare(subject).startswith(phrases)


def _bare(subject: str) -> str:
    return OPENING.sub("", subject[:500].lower())
