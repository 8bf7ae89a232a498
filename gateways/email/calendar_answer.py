"""What a person's calendar answers to an invitation: RFC 5546, 3.2.3, METHOD REPLY; and their words beside it."""

import re
from contextlib import suppress
from dataclasses import dataclass
from email.message import Message as Part
from uuid import UUID

from icalendar import Calendar, Component

from conversations.appointing import answer
from conversations.models import Conversation
from conversations.refusals import AppointmentOver
from gateways.email.letter import Letter
from gateways.email.structure import content_of, leaves, parse

ANSWERS = {"ACCEPTED": True, "DECLINED": False}
LONGEST = 200_000  # bytes of calendar
INVITATION = re.compile(r"invitation|invitación|einladung|uitnodiging|pozvánk|zaproszeni|приглашени|запрошенн")


@dataclass(frozen=True)
class Answer:
    """`appointment` and `accepts` are None where that can't be told: perhaps, or another time is proposed."""

    appointment: UUID | None = None
    accepts: bool | None = None
    comment: str = ""


def answers_in(raw: bytes) -> list[Answer]:
    """What the calendars in a mail answer; nothing for anything that can't be read."""
    if b"text/calendar" not in raw.lower():
        return []
    try:
        parts = [part for part in leaves(parse(raw)) if part.get_content_type() == "text/calendar"]
    except Exception:  # noqa: BLE001 - as in reading.py
        return []
    return [said for part in parts[:3] if (said := _answer(part))]


def words_beside(letter: Letter, answers: list[Answer]) -> str:
    """What the person wrote along; a calendar's own words are about whoever sent them, and are no person's."""
    if letter.said and not _is_calendars(letter):
        return letter.said
    return "\n\n".join(said.comment for said in answers if said.comment)


def give(answers: list[Answer], conversation: Conversation) -> bool:
    """Whether one of the conversation's appointments was answered."""
    return any(_given(said, conversation) for said in answers)


def _is_calendars(letter: Letter) -> bool:
    """“Lucie Němcová has accepted this invitation.”; what ends with a colon leads to a note of theirs."""
    line = letter.said.partition("\n")[0].strip().lower()
    name, address = letter.mail.sender.name.lower(), letter.address
    is_about_sender = any(one and one in line for one in (name, address, address.partition("@")[0]))
    return is_about_sender and bool(INVITATION.search(line)) and not line.endswith(":")


def _answer(part: Part) -> Answer | None:
    try:
        calendar = Calendar.from_ical(content_of(part).decode("utf-8", "replace")[:LONGEST])
        method, event = str(calendar.get("METHOD", "")).upper(), calendar.walk("VEVENT")[0]
    except (ValueError, KeyError, IndexError, AttributeError, TypeError):
        return None
    comment = str(event.get("COMMENT") or "").strip()
    if method == "COUNTER":
        return Answer(comment=comment)
    return Answer(*_decision(event), comment=comment) if method == "REPLY" else None


def _decision(event: Component) -> tuple[UUID | None, bool | None]:
    try:
        attendee = event["ATTENDEE"]
        attendee = attendee[0] if isinstance(attendee, list) else attendee
        return UUID(str(event["UID"]).partition("@")[0]), ANSWERS[attendee.params["PARTSTAT"].upper()]
    except (ValueError, KeyError, IndexError, AttributeError, TypeError):
        return None, None


def _given(said: Answer, conversation: Conversation) -> bool:
    appointment = conversation.appointments.filter(pk=said.appointment).first() if said.appointment else None
    if appointment is None:
        return False
    with suppress(AppointmentOver):
        answer(appointment, accepts=bool(said.accepts))
    return True
