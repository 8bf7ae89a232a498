"""How an application begins a conversation, by whichever entrance it came."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.utils import timezone

from campaigns.models import Application, Campaign, Source
from conversations.attaching import Upload
from conversations.models import Conversation, Event
from people.finding import Applicant, person_for


@dataclass(frozen=True)
class Applied:
    application: Application
    conversation: Conversation
    is_new: bool


def apply(
    campaign: Campaign,
    applicant: Applicant,
    *,
    source: Source | None = None,
    text: str = "",
    files: Iterable[Upload] = (),
    via: str = "web",
    at: datetime | None = None,
) -> Applied:
    """Finds or makes person, application and conversation, and takes in the first message, in one transaction.

    Who applied to this campaign before is in the same application and conversation again.
    """
    at = at or timezone.now()
    with transaction.atomic():
        person = person_for(applicant, default_language=campaign.language)
        application, is_new = Application.objects.get_or_create(
            person=person, campaign=campaign, defaults={"source": source, "applied_at": at}
        )
        conversation = conversation_about(application, at=at)
        if is_new:
            with conversation.changing():
                data = {"source": source.name if source else "", "campaign": campaign.name}
                Event.record(conversation, Event.Kind.APPLIED, at=at, data=data)
        if text.strip() or files:
            conversation.receive(text, via=via, files=files, at=at)
        return Applied(application, conversation, is_new)


def conversation_about(application: Application, *, at: datetime) -> Conversation:
    """The conversation about this application, opened when there is none."""
    existing = Conversation.objects.filter(application=application).order_by("-opened_at").first()
    return existing or Conversation.open_for(application.person, application, at=at)
