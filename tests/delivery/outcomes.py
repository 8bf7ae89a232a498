"""Outcomes for tests, by status."""

from conversations.models import Conversation
from delivery.models import Status
from delivery.outcome import Outcome


def outcome(conversation: Conversation, status: str = "qualified", **fields) -> Outcome:
    """An outcome with what its status asks for; `reason` by slug."""
    row = Status.objects.get(slug=status)
    reasons = row.reasons.all()
    fields.setdefault("application", conversation.application)
    fields["reason"] = reasons.get(slug=fields["reason"]) if fields.get("reason") else reasons.first()
    return Outcome(status=row, **({"notes": "Strong CV", "rating": 4} | fields))
