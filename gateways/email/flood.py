"""Too many mails of one sender: a loop between machines, or somebody who wants to drown us."""

from datetime import timedelta

from django.db.models import Exists, OuterRef, Q, QuerySet

from accounts.models import Member
from conversations.models import Conversation, Message
from gateways.email.identity import token_in
from gateways.models import Arrival

MOST = 10
WITHIN = timedelta(minutes=10)


def is_flood(arrival: Arrival) -> bool:
    """Whether this is the tenth mail of its sender in ten minutes, or a later one. Bounces don't count."""
    sender = arrival.written_by
    if not sender or arrival.released_at or not getattr(arrival, "may_be_flood", True):
        return False
    return _lately(arrival, sender).count() >= MOST - 1


def may_be_flood() -> Q:
    """Of an arrival: its sender sent so many lately that it has to be looked at; or is named nowhere."""
    since = OuterRef("arrived_at") - WITHIN
    lately = Arrival.objects.filter(
        sender=OuterRef("sender"), arrived_at__gt=since, arrived_at__lte=OuterRef("arrived_at")
    )
    return Exists(lately.order_by("-arrived_at")[MOST - 1 : MOST]) | Q(sender="")


def is_first_held(arrival: Arrival) -> bool:
    """Nothing of this sender was held lately: the one of which somebody is told."""
    return not _lately(arrival, arrival.written_by).filter(state=Arrival.State.HELD).exists()


def held_for(member: Member) -> QuerySet[Arrival]:
    """What waits in the quarantine for this member to look."""
    held = Arrival.objects.filter(state=Arrival.State.HELD)
    return held if member.sees_everything else held.none()


def last_conversation(arrival: Arrival) -> Conversation | None:
    """Where its sender's last mail stands, whatever address it came to."""
    of_sender = Arrival.objects.filter(sender=arrival.sender, message__isnull=False).exclude(sender="")
    messages = Message.objects.filter(pk__in=of_sender.order_by("-arrived_at").values("message")[:1])
    message = messages.select_related("conversation").first()
    return message.conversation if message else None


def _lately(arrival: Arrival, sender: str) -> QuerySet[Arrival]:
    """At a reply address, what came to that: to a mailbox that all know others can write in the sender's name."""
    field = "sender" if arrival.sender else "envelope_from"
    since = arrival.arrived_at - WITHIN
    before = Arrival.objects.filter(**{field: sender}, arrived_at__gt=since, arrived_at__lte=arrival.arrived_at)
    if token_in(arrival.envelope_to):
        before = before.filter(envelope_to__iexact=arrival.envelope_to)
    return before.exclude(pk=arrival.pk).exclude(refusal="Bounce")
