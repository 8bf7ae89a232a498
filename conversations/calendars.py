"""An appointment as calendars read it: RFC 5545, in the manner of an invitation (RFC 5546)."""

from datetime import UTC

from django.utils import timezone
from icalendar import Calendar, Event, vCalAddress

from conversations.models.appointment import Appointment
from conversations.models.reply_key import ReplyKey

PRODUCT = "-//RecruitChat//RecruitChat//EN"


def invitation(appointment: Appointment) -> str:
    """Asks the person's calendar to take it in, or to move it."""
    return _written(appointment, "REQUEST", "CONFIRMED")


def cancellation(appointment: Appointment) -> str:
    return _written(appointment, "CANCEL", "CANCELLED")


def _written(appointment: Appointment, method: str, status: str) -> str:
    calendar = Calendar()
    for name, value in {"prodid": PRODUCT, "version": "2.0", "calscale": "GREGORIAN", "method": method}.items():
        calendar.add(name, value)
    calendar.add_component(_event(appointment, status))
    return calendar.to_ical().decode()


def _event(appointment: Appointment, status: str) -> Event:
    event = Event()
    facts = {
        "uid": appointment.uid,
        "dtstamp": timezone.now().astimezone(UTC),
        "dtstart": appointment.starts_at.astimezone(UTC),
        "dtend": appointment.ends_at.astimezone(UTC),
        "sequence": appointment.sequence,
        "summary": appointment.title,
        "status": status,
        "location": appointment.place,
    }
    for name, value in facts.items():
        if value != "":
            event.add(name, value)
    event.add("organizer", _organizer(appointment), encode=False)
    event.add("attendee", _attendee(appointment), encode=False)
    return event


def _organizer(appointment: Appointment) -> vCalAddress:
    """The conversation's reply address: what the person's calendar answers comes back into it."""
    conversation = appointment.conversation
    organizer = vCalAddress(f"mailto:{ReplyKey.of(conversation, ReplyKey.Use.ADDRESS).address}")
    name = appointment.member.name if appointment.member else ""
    organizer.params["CN"] = ", ".join(filter(None, [name, conversation.organization.name]))
    return organizer


def _attendee(appointment: Appointment) -> vCalAddress:
    person = appointment.conversation.person
    attendee = vCalAddress(f"mailto:{person.email}")
    attendee.params |= {"CN": person.name, "ROLE": "REQ-PARTICIPANT", "PARTSTAT": "NEEDS-ACTION", "RSVP": "TRUE"}
    return attendee
