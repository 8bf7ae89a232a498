"""Why a mail is taken for a program's: by its headers, its subject, the list it came by, or its text."""

import re
from email.utils import parseaddr

from gateways.email.automatic_headers import (
    is_bulk,
    is_by_service,
    is_for_another,
    is_from_nowhere,
    is_nobodys,
    is_programs,
    says_so,
)
from gateways.email.automatic_signs import Told
from gateways.email.automatic_text import (
    challenges,
    declares_itself,
    is_filled_in,
    says_automatically,
    says_when_it_was_read,
    stands_in,
    takes_in,
    tells_away,
    unwrapped,
)
from gateways.email.automatic_weighing import speaks_for_nobody, weighed
from gateways.email.automatic_words import (
    AUTOMATIC_REPLY,
    AWAY,
    CHALLENGE,
    announces_reply,
    ends_with_one,
    is_receipt,
    says_it_was_read,
    speaks_for_someone_away,
    tells_of_absence,
)
from gateways.email.bounce import is_daemon
from gateways.email.bounce_words import address_in, addresses_in
from gateways.email.calendars import is_calendars_own
from gateways.email.headers import Headers

ASKS_FOR_PROOF = re.compile(
    r"https?://|\bspam|\bclick|\bhuman|automat|\blink\b|odkaz|ссылк|посиланн|\bsubject\b|\bbetreff|\bonderwerp|\bl'objet"
    r"|\basunto|\bpředmět|\bpredmet|\btemat|не меняя тем|не змінюючи тем"
)
LINK = re.compile(r"https?://\S*")
CALENDAR_ANSWER = re.compile(
    rb"content-type:\s{0,5}text/calendar;(?:[^\n]|\n[ \t]){0,300}?\bmethod=\"?(?:reply|counter)"
)
LIST_ID = re.compile(r"<([^<>]{1,255})>\s*$")  # RFC 2919
VIA = re.compile(r"(?i)\bvia\b|\bprostřednictvím\b|\büber\b")
TAGGED = re.compile(r"\s*\[[^\]]{2,40}\]\s")
PERSONAL_HEADERS = ("Thread-Index", "X-MS-Has-Attach", "X-Gm-Message-State", "User-Agent")  # of where people write
LONGEST_TEXT, LONGEST_SEARCHED, LONGEST_WEIGHED = 2_000, 500_000, 1_200


def because(headers: Headers, raw: bytes, said: str) -> str:
    """Empty where a person wrote it. Of a mail that is no bounce; `said` is its text without history and signature."""
    if is_filled_in(said[:LONGEST_TEXT].lower().replace("’", "'")):
        return ""
    if "X-Loop" in headers and address_in(headers.get("From")) in map(address_in, headers.all("Delivered-To")):
        return "our own mail came back"
    told = says_so(headers) or _by_content_type(headers, raw, said) or _by_subject(headers, said)
    return told or _by_list(headers) or _by_bulk(headers) or _by_text(headers, said)


def _by_content_type(headers: Headers, raw: bytes, said: str) -> str:
    content_type = headers.get("Content-Type").lower()
    if "multipart/report" in content_type:
        return "a read receipt" if "disposition-notification" in content_type else "a report about a mail"
    beginning = raw[:LONGEST_SEARCHED].lower()
    if b"text/calendar" not in beginning or not CALENDAR_ANSWER.search(beginning):
        return ""
    is_all = not said or is_calendars_own(said, *parseaddr(headers.get("From")))
    return "an answer from a calendar" if is_all else ""


def _by_subject(headers: Headers, said: str) -> str:
    subject, said = headers.get("Subject"), said[:LONGEST_TEXT]
    if announces_reply(subject, said, is_answer=_is_answer(headers)):
        return "its subject announces an automatic reply"
    if is_receipt(subject, said):
        return "a read receipt"
    return "from a mail system" if is_daemon(headers) and is_from_nowhere(headers) else ""


def _by_list(headers: Headers) -> str:
    """Written to a list that we are on. Its tag tells it from a group address through which people write to us."""
    if _is_lists_own(headers):
        return "a list's own mail"
    if _is_answer(headers) or not headers.starting("List-") or not TAGGED.match(headers.get("Subject")):
        return ""
    lists = addresses_in(f"{headers.get('List-Post')} {headers.get('X-BeenThere')}")
    recipients = addresses_in(f"{headers.get('To')} {headers.get('Cc')}")
    return "written to a mailing list" if set(lists) & set(recipients) else ""


def _is_lists_own(headers: Headers) -> bool:
    """From the list's address, as its digests are. What it only passes on of a person is answered to the person."""
    sender, named = headers.get("From"), LIST_ID.search(headers.get("List-Id"))
    is_passed_on = is_for_another(headers) or VIA.search(sender)
    return named is not None and not is_passed_on and named[1].lower() == address_in(sender).replace("@", ".")


def _by_bulk(headers: Headers) -> str:
    if "List-Unsubscribe" not in headers or "List-Post" in headers or "In-Reply-To" in headers:
        return ""
    if "Reply-To" in headers or any(name in headers for name in PERSONAL_HEADERS):
        return ""
    return "a newsletter" if is_bulk(headers) or is_by_service(headers) else ""


def _by_text(headers: Headers, said: str) -> str:
    subject, text = headers.get("Subject"), LINK.sub("https://", said[:LONGEST_TEXT].lower()).replace("’", "'")
    decided = _by_own_words(subject.lower(), text) or _by_who_sends(headers, subject, text)
    return decided or weighed(_told(headers, unwrapped(text[:LONGEST_WEIGHED]), said[:LONGEST_WEIGHED]))


def _told(headers: Headers, text: str, said: str) -> Told:
    name, _address = parseaddr(headers.get("From"))
    sender, subject = address_in(headers.get("From")), headers.get("Subject").lower()
    return Told(
        subject,
        text,
        said,
        sender,
        name,
        is_answer=_is_answer(headers),
        is_nobodys=is_nobodys(headers),
        is_bulk=is_bulk(headers),
        is_from_nowhere=is_from_nowhere(headers),
        is_programs=is_programs(headers),
        is_for_another=is_for_another(headers),
        has_files="multipart/mixed" in headers.get("Content-Type").lower(),
    )


def _by_own_words(subject: str, text: str) -> str:
    """What speaks as only a machine does, whoever sent it."""
    if declares_itself(text):
        return "its text says that it is automatic"
    if says_when_it_was_read(text):
        return "a read receipt"
    if challenges(f"{subject}\n{text}") or _is_challenge(subject, text):
        return "a challenge to prove that someone is there"
    if takes_in(subject, text):
        return "a request was taken in"
    return "its text stands in for someone away" if stands_in(text) else ""


def _by_who_sends(headers: Headers, subject: str, text: str) -> str:
    """What a person might write, too, but under a machine's subject or from nobody."""
    if ends_with_one(subject, AUTOMATIC_REPLY) and _is_away(text):
        return "its subject says that it is an automatic reply"
    if is_from_nowhere(headers) and says_it_was_read(subject, text):
        return "a read receipt"
    if is_from_nowhere(headers) and _is_away(text):
        return "empty Return-Path and an absence"
    if _answers_as_nobody(headers) and (speaks_for_someone_away(text) or says_automatically(text)):
        return "an answer from an address that nobody reads"
    if _is_answer(headers) and is_nobodys(headers) and speaks_for_nobody(text):
        return "an answer from an address that nobody reads"
    return ""


def _is_away(text: str) -> bool:
    return tells_of_absence(text) or tells_away(text) or any(phrase in text for phrase in (*AUTOMATIC_REPLY, *AWAY))


def _answers_as_nobody(headers: Headers) -> bool:
    """An answer that can't be answered, or one in bulk. What answers nothing may be a person's all the same, as an
    application that a job portal passes on."""
    is_to_many = is_bulk(headers) and not headers.starting("List-")
    return _is_answer(headers) and (is_to_many or is_nobodys(headers))


def _is_answer(headers: Headers) -> bool:
    return bool(headers.get("In-Reply-To") or headers.get("References"))


def _is_challenge(subject: str, text: str) -> bool:
    is_named = any(phrase in subject for phrase in CHALLENGE) and "?" not in subject.rstrip()[-1:] + text
    return is_named and bool(ASKS_FOR_PROOF.search(text))
