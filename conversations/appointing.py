"""Appointments: made, moved and cancelled by a member, answered by the person, held or missed in the end.

Each is a line of the thread; what the person has to know goes to them as a message with an invitation.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import override

from conversations import calendars, refusals
from conversations.models import Appointment, Conversation, Event, Invitation
from conversations.moments import check_to_come

if TYPE_CHECKING:
    from accounts.models import Member

State = Appointment.State
STILL_SHOWN = timedelta(days=1)  # to the person, after it began


@dataclass(frozen=True)
class Plan:
    """What an appointment is to be; `starts_at` is aware, `zone` the person's."""

    title: str
    starts_at: datetime
    minutes: int
    zone: ZoneInfo
    place: str = ""

    def facts(self) -> dict[str, object]:
        return {
            "title": self.title, "starts_at": self.starts_at, "minutes": self.minutes, "time_zone": self.zone.key,
            "place": self.place,
        }  # fmt: skip


def appoint(conversation: Conversation, plan: Plan, *, by: "Member") -> Appointment:
    """Makes the appointment and invites the person. Raises Past, and what a reply raises."""
    check_to_come(plan.starts_at)
    with conversation.changing():
        appointment = Appointment.objects.create(conversation=conversation, member=by, **plan.facts())
        _invite(appointment, conversation, by=by)
        _line(appointment, conversation, "made", by=by)
        return appointment


def move(appointment: Appointment, plan: Plan, *, by: "Member") -> None:
    """Changes what it is to be; the person is asked again. Raises Past, AppointmentOver, and what a reply raises."""
    check_to_come(plan.starts_at)
    with appointment.conversation.changing() as conversation:
        _check_open(appointment)
        facts = plan.facts() | {"state": State.INVITED, "sequence": appointment.sequence + 1}
        _write(appointment, **facts)
        _invite(appointment, conversation, by=by)
        _line(appointment, conversation, "moved", by=by)


def cancel(appointment: Appointment, *, by: "Member") -> None:
    """Raises AppointmentOver, and what a reply raises."""
    with appointment.conversation.changing() as conversation:
        _check_open(appointment)
        _write(appointment, state=State.CANCELLED, sequence=appointment.sequence + 1)
        _invite(appointment, conversation, by=by)
        _line(appointment, conversation, "cancelled", by=by)


def answer(appointment: Appointment, *, accepts: bool) -> None:
    """The person's answer, as often as they change their mind. Raises AppointmentOver."""
    state = State.ACCEPTED if accepts else State.DECLINED
    with appointment.conversation.changing() as conversation:
        appointment.refresh_from_db(fields=["state", "sequence"])
        if appointment.state == state:
            return
        if appointment.state not in {State.INVITED, State.ACCEPTED, State.DECLINED}:
            raise refusals.AppointmentOver
        _write(appointment, state=state)
        _line(appointment, conversation, state.value)


def close(appointment: Appointment, *, held: bool, by: "Member") -> None:
    """Says whether it took place. Raises AppointmentOver, AppointmentAhead."""
    state = State.HELD if held else State.MISSED
    with appointment.conversation.changing() as conversation:
        _check_open(appointment)
        if appointment.starts_at > timezone.now():
            raise refusals.AppointmentAhead
        _write(appointment, state=state)
        _line(appointment, conversation, state.value, by=by)


def _check_open(appointment: Appointment) -> None:
    appointment.refresh_from_db(fields=["state", "sequence"])
    if not appointment.is_open:
        raise refusals.AppointmentOver


def _write(appointment: Appointment, **facts: object) -> None:
    for name, value in facts.items():
        setattr(appointment, name, value)
    appointment.save(update_fields=list(facts))


def _invite(appointment: Appointment, conversation: Conversation, *, by: "Member") -> None:
    appointment.conversation = conversation
    is_off = appointment.state == State.CANCELLED
    message = conversation.reply(_in_words(appointment), by=by)
    Invitation.objects.create(
        message=message,
        appointment=appointment,
        method="CANCEL" if is_off else "REQUEST",
        calendar=calendars.cancellation(appointment) if is_off else calendars.invitation(appointment),
    )


def _in_words(appointment: Appointment) -> str:
    """What the person reads, in their language."""
    with override(appointment.conversation.person.language):
        if appointment.state == State.CANCELLED:
            words = _("Our appointment is cancelled: %(title)s, %(when)s.")
        elif appointment.sequence:
            words = _("Our appointment has changed: %(title)s, %(when)s.")
        else:
            words = _("You are invited: %(title)s, %(when)s.")
        facts = {"title": appointment.title, "when": when(appointment)}
        lines = [words % facts, appointment.place]
        if appointment.is_open:
            lines.append(_("Accept or decline in your calendar, or by the link below."))
        return "\n".join(filter(None, lines))


def when(appointment: Appointment) -> str:
    """Day and time in the person's zone, which is named."""
    local = appointment.starts_at.astimezone(appointment.zone)
    return f"{date_format(local, 'DATE_FORMAT')}, {date_format(local, 'TIME_FORMAT')} ({appointment.time_zone})"


def _line(appointment: Appointment, conversation: Conversation, what: str, *, by: "Member | None" = None) -> None:
    data = {
        "appointment": str(appointment.pk), "what": what, "title": appointment.title,
        "starts_at": appointment.starts_at.isoformat(), "time_zone": appointment.time_zone,
    }  # fmt: skip
    Event.record(conversation, Event.Kind.APPOINTMENT, at=timezone.now(), member=by, data=data)
