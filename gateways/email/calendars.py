"""What the calendars in a mail answer to an invitation: RFC 5546, 3.2.3, METHOD REPLY."""

import re
from dataclasses import dataclass
from email.message import Message as Part
from uuid import UUID

from icalendar import Calendar, Component

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


def answers_in(raw: bytes) -> tuple[Answer, ...]:
    """What the calendars in a mail answer; nothing for anything that can't be read."""
    if b"text/calendar" not in raw.lower():
        return ()
    try:
        parts = [part for part in leaves(parse(raw)) if part.get_content_type() == "text/calendar"]
    except Exception:  # noqa: BLE001 - as in reading.py
        return ()
    return tuple(said for part in parts[:3] if (said := _answer(part)))


def is_calendars_own(said: str, name: str, address: str) -> bool:
    """“Lucie Němcová has accepted this invitation.”; what ends with a colon leads to a note of theirs."""
    line = said.partition("\n")[0].strip().lower()
    names = (name.lower(), address.lower(), address.lower().partition("@")[0])
    return any(one and one in line for one in names) and bool(INVITATION.search(line)) and not line.endswith(":")


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
