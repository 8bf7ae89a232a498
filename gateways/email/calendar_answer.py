"""What a person's calendar answered, given in their name; and their words beside it."""

from contextlib import suppress

from conversations.appointing import answer
from conversations.models import Conversation
from conversations.refusals import AppointmentOver
from gateways.email.calendars import Answer, is_calendars_own
from gateways.email.letter import Letter


def words_beside(letter: Letter) -> str:
    """What the person wrote along; a calendar's own words are about whoever sent them, and are no person's."""
    if letter.said and not is_calendars_own(letter.said, letter.mail.sender.name, letter.address):
        return letter.said
    return "\n\n".join(said.comment for said in letter.answers_to_invitations if said.comment)


def give(letter: Letter, conversation: Conversation) -> bool:
    """Whether one of the conversation's appointments was answered."""
    return any(_given(said, conversation) for said in letter.answers_to_invitations)


def _given(said: Answer, conversation: Conversation) -> bool:
    appointment = conversation.appointments.filter(pk=said.appointment).first() if said.appointment else None
    if appointment is None:
        return False
    with suppress(AppointmentOver):
        answer(appointment, accepts=bool(said.accepts))
    return True
