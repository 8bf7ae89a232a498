"""What a person's calendar answers to an invitation: RFC 5546, 3.2.3, METHOD REPLY."""

from contextlib import suppress
from dataclasses import dataclass
from email.message import Message as Part
from uuid import UUID

from icalendar import Calendar

from conversations.appointing import answer
from conversations.models import Conversation, ReplyKey
from conversations.refusals import AppointmentOver
from gateways.email.structure import content_of, leaves, parse
from people.finding import knows

ANSWERS = {"ACCEPTED": True, "DECLINED": False}
LONGEST = 200_000  # bytes of calendar


@dataclass(frozen=True)
class Answer:
    appointment: UUID
    accepts: bool
    address: str


def taken(raw: bytes, key: ReplyKey | None) -> bool:
    """Whether the mail was a calendar's answer of this conversation's person; if so, it is given."""
    if key is None or key.member_id or b"text/calendar" not in raw.lower():
        return False
    return any(_given(said, key.conversation) for said in answers_in(raw))


def answers_in(raw: bytes) -> list[Answer]:
    """What the calendars in a mail say; nothing for anything that can't be read."""
    parts = [part for part in leaves(parse(raw)) if part.get_content_type() == "text/calendar"]
    return [said for part in parts[:3] if (said := _answer(part))]


def _answer(part: Part) -> Answer | None:
    content = content_of(part)
    try:
        calendar = Calendar.from_ical(content.decode("utf-8", "replace")[:LONGEST])
        if str(calendar.get("METHOD", "")).upper() != "REPLY":
            return None
        event = calendar.walk("VEVENT")[0]
        attendee = event["ATTENDEE"]
        attendee = attendee[0] if isinstance(attendee, list) else attendee
        accepts = ANSWERS[attendee.params["PARTSTAT"].upper()]
        address = str(attendee).lower().removeprefix("mailto:")
        return Answer(UUID(str(event["UID"]).partition("@")[0]), accepts, address)
    except (ValueError, KeyError, IndexError, AttributeError, TypeError):
        return None


def _given(said: Answer, conversation: Conversation) -> bool:
    appointment = conversation.appointments.filter(pk=said.appointment).first()
    if appointment is None or not knows(conversation.person, said.address):
        return False
    with suppress(AppointmentOver):
        answer(appointment, accepts=said.accepts)
    return True
