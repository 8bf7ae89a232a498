"""A mail taken apart: what was said in it, what was quoted, what was attached."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import NamedTuple
from uuid import UUID

from conversations.attaching import Upload
from conversations.speaking import LONGEST_TEXT
from gateways.email.addresses import addresses
from gateways.email.automatic import Verdict, judged
from gateways.email.calendars import Answer, answers_in
from gateways.email.identity import answered, client_id, token_in
from gateways.email.mail import Address, File, Mail
from gateways.email.reading import read, unread
from gateways.email.reply import split
from gateways.models import Arrival

SMALLEST_PICTURE = 20 * 1024  # bytes; smaller ones inside the text are logos of signatures
MOST_REFERENCES = 32
UNREAD = Verdict(is_automatic=False, must_not_answer=True, because="it can't be read")
TOLD = re.compile(r"[0-9a-f]{32}\.(\d{1,9})\.told@")  # notifications/composing.py


class Heard(NamedTuple):
    """What a thread shows of a mail: its text, what is folded below it, its files."""

    text: str
    folded: str
    files: list[Upload]


@dataclass(frozen=True)
class Letter:
    arrival: Arrival
    raw: bytes
    mail: Mail
    said: str
    quoted: str
    uploads: list[Upload]
    verdict: Verdict
    client_id: UUID
    answers_to_invitations: tuple[Answer, ...] = ()

    @property
    def address(self) -> str:
        """Who wrote it: by From; without an address there, by the envelope."""
        return self.mail.sender.address or self.arrival.envelope_from.strip().lower()

    @property
    def writer(self) -> str:
        """Name and address, for people to read."""
        name = self.mail.sender.name
        return (f"{name} <{self.address}>" if name and self.address else name or self.address or "?")[:320]

    def beginning(self, most: int) -> str:
        """How its text begins, on one line of this many characters."""
        text = " ".join(self.said[: 2 * most].split())
        return text if len(text) <= most and len(self.said) <= 2 * most else f"{text[: most - 1]}…"

    @property
    def applicant(self) -> Address:
        """Whose application it is: a job board or a form sends in its own name and says who is to be answered
        (RFC 5322, 3.6.2; mailing groups rewrite From). A list wants the answers for itself."""
        sender, headers = self.mail.sender, self.mail.headers
        to_answer = () if "List-Post" in headers else self.mail.reply_to
        others = [*addresses(headers.get("X-Original-From")), *to_answer]
        return next((one for one in others if not token_in(one.address)), sender)

    @property
    def seen_number(self) -> int | None:
        """The event of which the mail told that a member answers; None where their program doesn't name it."""
        named = map(TOLD.match, [self.mail.in_reply_to, *reversed(self.mail.references)])
        return next((int(told[1]) for told in named if told), None)

    @property
    def answers(self) -> list[UUID]:
        """The messages of ours that it says it answers: In-Reply-To, then References from the last."""
        return answered([self.mail.in_reply_to, *self.mail.references[: -MOST_REFERENCES - 1 : -1]])

    def heard(self) -> Heard:
        """Where nothing new stands out, the answer may be in what looks quoted, in a small picture or in the subject:
        in doubt more is kept."""
        if self.said or self.uploads:
            return Heard(self.said, self.quoted, self.uploads)
        pictures = _uploads(self.mail.files)
        text, files = _fitting(self.quoted.strip() or ("" if pictures else self.mail.subject), pictures)
        return Heard(text, "", files)

    @property
    def is_empty(self) -> bool:
        return not any(self.heard())


def opened(arrival: Arrival, language: str | None) -> Letter:
    """Read once, for all who judge it."""
    raw = bytes(arrival.raw)
    mail = read(raw, language=language)
    said, quoted = split(mail)
    said, uploads = _fitting(said, _uploads(file for file in mail.files if not _is_logo(file)))
    verdict = judged(mail.headers, raw, said)
    return Letter(arrival, raw, mail, said, quoted, uploads, verdict, client_id(raw, mail.headers), answers_in(raw))


def unopened(arrival: Arrival) -> Letter:
    """What can't be read: nothing but its header block is, and all of it is attached."""
    raw = bytes(arrival.raw)
    mail = unread(raw)
    return Letter(arrival, raw, mail, "", "", _uploads(mail.files), UNREAD, client_id(raw, mail.headers))


def _uploads(files: Iterable[File]) -> list[Upload]:
    return [Upload(file.name, file.content) for file in files]


def _fitting(text: str, uploads: list[Upload]) -> tuple[str, list[Upload]]:
    """What is longer than a message can be goes on in a file."""
    if len(text) <= LONGEST_TEXT:
        return text, uploads
    end = text.rfind("\n", LONGEST_TEXT // 2, LONGEST_TEXT)
    end = LONGEST_TEXT if end == -1 else end
    return text[:end], [*uploads, Upload("continued.txt", text[end:].strip("\n").encode())]


def _is_logo(file: File) -> bool:
    is_picture = file.content_type.startswith("image/")
    return bool(file.content_id) and is_picture and len(file.content) < SMALLEST_PICTURE
