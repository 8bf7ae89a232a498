"""What a text says of itself, sentence by sentence: the words of ten languages, put together by grammar.

A machine says that its mail was made by one, that somebody is away and who stands in, that a request was taken in
under a number, or that a mail waits until its sender proves to be someone. People use each of these words, too, but
not in these sentences.
"""

import re
import tomllib
from functools import cached_property
from pathlib import Path

from gateways.email.automatic_evidence import Languages, found, languages_of, of_its_script

_PIECES: dict[str, list[str]] = tomllib.loads(
    Path(__file__).with_name("machine_sentences.toml").read_text(encoding="utf-8")
)


class Expression:
    """Compiled when it is first asked: together they take a tenth of a second, and few processes read mail."""

    def __init__(self, source: str) -> None:
        self.source = source

    @cached_property
    def pattern(self) -> re.Pattern[str]:
        return re.compile(self.source)

    def search(self, text: str) -> re.Match[str] | None:
        return self.pattern.search(text)

    def match(self, text: str) -> re.Match[str] | None:
        return self.pattern.match(text)


def pieces(meaning: str) -> str:
    return f"(?:{'|'.join(_PIECES[meaning])})"


AUTOMATIC, THIS_IS, MAIL, MADE = (pieces(meaning) for meaning in ("automatic", "this_is", "mail", "made"))
THIS_MAIL = rf"(?:\b{pieces('this')}\s(?:[\w-]+\s)?|^)\b{MAIL}\b"
OPENED = r"(?:^|[,;:–—-]\s?|\b(?:as|since|because|that|da|denn|weil|dass|want|omdat|car|porque|že|bo|gdyż|что|що)\s)"
NOTHING_MORE = r"[^\w]*$"
DECLARATIONS = Expression(
    rf"{THIS_MAIL}.{{0,80}}?\b{AUTOMATIC}.{{0,60}}?\b{MADE}\b"
    rf"|{THIS_MAIL}.{{0,80}}?\b{MADE}\b.{{0,60}}?\b{AUTOMATIC}"
    rf"|{THIS_MAIL}(?:\s\w{{1,4}})?\s{AUTOMATIC}{NOTHING_MORE}"
    rf"|{OPENED}{THIS_IS}\s(?:(?!\b{pieces('not')}\b).){{0,30}}?\b{AUTOMATIC}\b.{{0,40}}?\b{MAIL}\b"
    rf"|{OPENED}{THIS_IS}\s(?:(?!\b{pieces('not')}\b).){{0,30}}?\b{MAIL}\b.{{0,20}}?\b{AUTOMATIC}\b"
    rf"|{OPENED}{THIS_IS}\s(?:\w+\s)?{AUTOMATIC}{NOTHING_MORE}"
)
IT_WAS_MADE = Expression(
    rf"{OPENED}{pieces('it')}\b.{{0,30}}?(?:\b{AUTOMATIC}.{{0,30}}?\b{MADE}\b|\b{MADE}\b.{{0,30}}?\b{AUTOMATIC})"
)
NAMED = (
    rf"(?:{AUTOMATIC}\s(?:[\w-]+\s){{0,2}}?{MAIL}|{MAIL}\s(?:[\w-]+\s)?{AUTOMATIC}"
    r"|auto[ -]?(?:reply|response|answer|antwort))"
)
NAME = Expression(rf"{NAMED}|^{AUTOMATIC}{NOTHING_MORE}")
LABEL = Expression(rf"^{NAMED}(?:{NOTHING_MORE}|\s?[:–—])")
BRACKETED = Expression(rf"[\[(*<+=-]\s?{NAMED}\s?[\])*>+=-]")
SIGNED = Expression(rf"(?:^|[\n.!] ?){NAMED}(?:\s[\w\"«»'-]+){{0,3}}{NOTHING_MORE}")
RECEIPT = Expression(rf"\W*{THIS_IS}\s(?:[\w-]+\s)?{pieces('receipt')}")
UNREAD, UNATTENDED = Expression(pieces("unread")), Expression(pieces("unattended"))
OTHERWISE, AUTOMATICALLY = Expression(pieces("otherwise")), Expression(AUTOMATIC)
GOT_ANOTHER = Expression(rf"\b{pieces('another')}\b")
AWAY, OWN_MATTER, MARKER = (Expression(pieces(meaning)) for meaning in ("away", "own_matter", "marker"))
URGENT = Expression(pieces("urgent"))
ON_RETURN, NO_ACCESS, STAND_IN = (Expression(pieces(meaning)) for meaning in ("on_return", "no_access", "stand_in"))
ADDED = (ON_RETURN, URGENT, NO_ACCESS, STAND_IN)
YOUR_REQUEST, TAKEN_IN = (Expression(rf"\b{pieces(meaning)}") for meaning in ("your_request", "taken_in"))
NUMBERED, NUMBER = Expression(pieces("numbered")), re.compile(r"\d{5,}|\d{2,}-\d{2,}")
HELD, CONFIRM, PROOF, PRESS = (Expression(pieces(meaning)) for meaning in ("held", "confirm", "proof", "press"))
FILE_NUMBER = re.compile(r"\b(?=[a-z]*\d)(?=\d*[a-z])[a-z\d]{6,}\b|\d{2,}[-/]\d{3,}|\d{5,}|№ ?[\w-]*\d{2,}")
LONGEST_RECEIPT, NUMBER_OF_A_DAY = 500, re.compile(r"\d")
WHEN_READ = Expression(rf"(?s)\W*(?:{pieces('your_mail')}|the message sent)\b.{{0,400}}?{pieces('read')}")
YOUR_MAIL = Expression(rf"^\W*{pieces('your_mail')}\b")

QUESTION = re.compile(r"[^.!?\n]*\?")
SENTENCE = re.compile(r"(?:[^.!?\n]|[.](?=\w))+[.!?]?")
WRAPPED = re.compile(r"(?<=[^\n.!?:])\n(?=[^\n])")
DECORATION = " \n\t*_-–—•>#~=<([{\"'«„“|/"


def declares_itself(text: str) -> bool:
    """A sentence says that this mail was made automatically; a question says nothing, nor does what a scanner did."""
    sentences, languages = sentences_of(text), languages_of(text)
    if BRACKETED.search(text) or _is_signed(text) or any(_declares(sentence, languages) for sentence in sentences):
        return True
    return bool(UNREAD.search(text)) and any(IT_WAS_MADE.search(sentence) for sentence in sentences)


def _is_signed(text: str) -> bool:
    """`Automatic message of our garage`, at its end."""
    signed = SIGNED.search(text)
    return signed is not None and not OTHERWISE.search(signed[0])


def _declares(sentence: str, languages: Languages) -> bool:
    if sentence.endswith("?") or GOT_ANOTHER.search(sentence):
        return False
    is_unattended = UNATTENDED.search(sentence) and not found("first_person", sentence, languages)
    if RECEIPT.match(sentence) or is_unattended or _was_sent_so(sentence, languages):
        return True
    if not AUTOMATICALLY.search(sentence) or OTHERWISE.search(sentence):
        return False
    return bool(UNREAD.search(sentence) or DECLARATIONS.search(sentence) or LABEL.match(sentence))


def _was_sent_so(sentence: str, languages: Languages) -> bool:
    return found("declares", sentence, languages) and not OTHERWISE.search(sentence)


def sentences_of(text: str) -> list[str]:
    """Those of each line, and those across the ends of wrapped lines."""
    texts = {text, unwrapped(text)}
    return [found[0].strip(DECORATION) for one in texts for found in SENTENCE.finditer(one)]


def unwrapped(text: str) -> str:
    return WRAPPED.sub(" ", text)


def tells_away(text: str) -> bool:
    """Whoever wrote it is away, and asks nothing."""
    return "?" not in text and bool(AWAY.search(text))


def has_own_matter(text: str) -> bool:
    return bool(OWN_MATTER.search(text))


def stands_in(text: str) -> bool:
    """An absence as programs tell it: with two more of what happens to the mail, when it is answered, who helps
    meanwhile; and nothing about a matter of the writer's own."""
    added = sum(bool(one.search(text)) for one in ADDED)
    return added > 1 and tells_away(text) and not has_own_matter(text)


def takes_in(subject: str, text: str) -> bool:
    """Your request was received: under a number, or by someone who doesn't read answers."""
    if MARKER.search(text):
        return True
    languages = languages_of(text)
    sentences = [one for one in sentences_of(text) if not found("first_person", one, languages)]
    told, theirs = [sentence for sentence in sentences if _takes_in(sentence)], [subject, *sentences]
    is_numbered = any(NUMBERED.search(one) for one in theirs) or any(NUMBER.search(one) for one in [subject, *told])
    return bool(told) and bool(is_numbered or UNREAD.search(text))


def _takes_in(sentence: str) -> bool:
    return not sentence.endswith("?") and bool(YOUR_REQUEST.search(sentence) and TAKEN_IN.search(sentence))


def challenges(text: str) -> bool:
    """A mail is held until its sender has proved to be someone."""
    if any(not PROOF.search(asked) for asked in QUESTION.findall(text)):
        return False
    is_held = PRESS.search(text) and CONFIRM.search(text) and HELD.search(text)
    return bool(is_held and (YOUR_REQUEST.search(text) or PROOF.search(text)))


def speaks_of_itself(text: str) -> bool:
    return found("first_person", text)


def tells_of_later(text: str) -> bool:
    return bool(ON_RETURN.search(text) or NO_ACCESS.search(text))


def names_stand_in(text: str) -> bool:
    return bool(STAND_IN.search(text))


def is_urgent(text: str) -> bool:
    return bool(URGENT.search(text))


def is_filled_in(text: str) -> bool:
    """A form of a website passes on what its visitor wrote."""
    languages = of_its_script(text)
    return found("asked_name", text, languages) and found("asked_words", text, languages)


def has_number(text: str) -> bool:
    """Of a file or a case."""
    return bool(FILE_NUMBER.search(text))


def is_named(subject: str) -> bool:
    """It names an automatic mail, and nothing else that is automatic."""
    return bool(NAME.search(subject))


def says_automatically(text: str) -> bool:
    return bool(AUTOMATICALLY.search(text))


def nobody_reads(text: str) -> bool:
    return bool(UNREAD.search(text) or UNATTENDED.search(text))


def tells_of_our_mail(text: str) -> bool:
    return bool(YOUR_MAIL.match(text))


def says_when_it_was_read(text: str) -> bool:
    """Your message was read on …, and nothing else."""
    if len(text) > LONGEST_RECEIPT or speaks_of_itself(text):
        return False
    return bool(WHEN_READ.match(text) and NUMBER_OF_A_DAY.search(text))
