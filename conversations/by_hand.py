"""How a conversation begins with somebody a member knows of: a person added by hand, or written to first."""

from dataclasses import dataclass

from django.db import transaction
from django.utils import timezone

from accounts.models import Member
from campaigns.models import Application, Campaign
from conversations.applying import conversation_about
from conversations.models import Conversation
from people.finding import Applicant, hold, person_for
from people.models import Person


@dataclass(frozen=True)
class Added:
    person: Person
    conversation: Conversation


def add_by_hand(applicant: Applicant, *, by: Member, campaign: Campaign | None = None, text: str = "") -> Added:
    """Finds or makes the person, opens their conversation as the member's own lead, and says the first words.

    Raises the refusals of `Conversation.reply`.
    """
    with transaction.atomic():
        person = person_for(applicant)
        conversation = conversation_with(person, campaign)
        if not conversation.is_open:
            conversation.take_up(by=by)
        if conversation.owner is None:
            conversation.assign_to(by, because="added", by=by)
        if text.strip():
            conversation.reply(text, by=by)
        return Added(person, conversation)


def conversation_with(person: Person, campaign: Campaign | None) -> Conversation:
    """Their conversation about the campaign, or about nothing in particular; a new one waits for nobody."""
    now = timezone.now()
    if campaign is None:
        going_on = Conversation.objects.open().filter(person=person, application=None)
        if not (conversation := going_on.first()):
            hold(person)
            conversation = going_on.first() or Conversation.open_for(person, None, at=now)
    else:
        application, _ = Application.objects.get_or_create(
            person=person, campaign=campaign, defaults={"applied_at": now}
        )
        conversation = conversation_about(application, at=now)
    if not conversation.messages.exists():
        with conversation.changing():
            conversation.waiting_since = None
    return conversation
