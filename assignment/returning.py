"""Leads that nobody answered in time go back to the queue."""

from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import DurationField, ExpressionWrapper, F, OuterRef, Subquery

from assignment.assigning import assign
from assignment.models import Assignment, Because
from assignment.turn import lock_turn
from conversations import refusals
from conversations.models import Conversation
from conversations.queries import ConversationQuerySet

BATCH = 100


def unanswered(now: datetime) -> ConversationQuerySet:
    """Owned leads that wait for a first answer longer than their campaign lets them, since they were assigned."""
    assigned = Assignment.objects.filter(conversation=OuterRef("pk")).order_by("-assigned_at")
    waiting = Conversation.objects.open().waiting().awake(now).filter(owner__isnull=False, leg__first_answer_at=None)
    late = waiting.exclude(campaign__return_after_minutes=None).annotate(
        owned_since=Subquery(assigned.values("assigned_at")[:1])
    )
    return late.filter(
        owned_since__lte=now
        - ExpressionWrapper(F("campaign__return_after_minutes") * timedelta(minutes=1), output_field=DurationField())
    )


def take_back_unanswered(now: datetime) -> int:
    """Takes them from their owners, who aren't chosen again at once; the ledger says why. Returns how many."""
    taken = 0
    for lead in unanswered(now).select_related("campaign").order_by("waiting_since")[:BATCH]:
        try:
            with transaction.atomic():
                lock_turn(lead.campaign)
                assign(lead, None, because=Because.UNANSWERED, instead_of=lead.owner_id)
                taken += 1
        except (refusals.Faster, refusals.Ended):
            continue
    return taken
