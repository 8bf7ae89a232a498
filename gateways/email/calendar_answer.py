"""What a person's calendar answered, given in their name; and their words beside it."""

import re
from contextlib import suppress

from conversations.appointing import answer
from conversations.models import Conversation
from conversations.refusals import AppointmentOver
from gateways.email.calendars import Answer
from gateways.email.letter import Letter

INVITATION = re.compile(r"invitation|invitación|einladung|uitnodiging|pozvánk|zaproszeni|приглашени|запрошенн")


def words_beside(letter: Letter) -> str:
    """What the person wrote along; a calendar's own words are about whoever sent them, and are no person's."""
    if letter.said and not _is_calendars(letter):
        return letter.said
    return "\n\n".join(said.comment for said in letter.answers_to_invitations if said.comment)


def give(letter: Letter, conversation: Conversation) -> bool:
    """Whether one of the conversation's appointments was answered."""
    return any(_given(said, conversation) for said in letter.answers_to_invitations)


def _is_calendars(letter: Letter) -> bool:
    """“Lucie Němcová has accepted this invitation.”; what ends with a colon leads to a note of theirs."""
    line = letter.said.partition("\n")[0].strip().lower()
    name, address = letter.mail.sender.name.lower(), letter.address
    is_about_sender = any(one and one in line for one in (name, address, address.partition("@")[0]))
    return is_about_sender and bool(INVITATION.search(line)) and not line.endswith(":")


def _given(said: Answer, conversation: Conversation) -> bool:
    appointment = conversation.appointments.filter(pk=said.appointment).first() if said.appointment else None
    if appointment is None:
        return False
    with suppress(AppointmentOver):
        answer(appointment, accepts=bool(said.accepts))
    return True
