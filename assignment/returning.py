"""Leads that nobody answered in time go back to the queue."""

from datetime import datetime, timedelta

from django.db.models import DurationField, ExpressionWrapper, F, OuterRef, Subquery

from assignment.assigning import assign
from assignment.models import Assignment, Because
from assignment.turn import lock_turn
from conversations.models import Conversation
from conversations.one_by_one import one_by_one
from conversations.queries import ConversationQuerySet


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


def take_back_unanswered(organization_id: int, now: datetime) -> None:
    """Takes them from their owners, who aren't chosen again at once; the ledger says why."""
    one_by_one(
        organization_id,
        lambda: unanswered(now).select_related("campaign").order_by("waiting_since"),
        lambda lead: _take_back(lead, now),
    )


def _take_back(lead: Conversation, now: datetime) -> None:
    """Unless its owner answers at this moment."""
    assert lead.campaign  # that says how long it may wait
    lock_turn(lead.campaign)
    with lead.changing():
        if unanswered(now).filter(pk=lead.pk).exists():
            assign(lead, None, because=Because.UNANSWERED)
