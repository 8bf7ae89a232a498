"""The verbs that make somebody responsible. The ledger's row and the owner change in one transaction."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any, Final

from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.models import Member
from assignment.models import Assignment
from conversations import refusals
from conversations.models import Conversation

ANYBODY: Final = object()


def assign(
    conversation: Conversation,
    member: Member | None,
    *,
    because: str,
    by: Member | None = None,
    passed_over: Iterable[tuple[Member, str]] = (),
    instead_of: Any = ANYBODY,
    at: datetime | None = None,
) -> Assignment | None:
    """Makes the member responsible (None: back to the queue). Who is already keeps it; that writes nothing.

    `instead_of` is the owner's id the asker has seen (None: nobody). Raises Faster when it is another one by now,
    and Ended. Who may do this is `permission.check_assignment`'s.
    """
    at = at or timezone.now()
    with conversation.changing():
        if not conversation.is_open:
            raise refusals.Ended
        if instead_of is not ANYBODY and conversation.owner_id != instead_of:
            raise _faster(conversation)
        if conversation.owner == member:
            return conversation.assignments.last()
        conversation.assign_to(member, because=because, by=by, at=at)
        return record(conversation, because=because, by=by, passed_over=passed_over, at=at)


def record(
    conversation: Conversation,
    *,
    because: str,
    at: datetime,
    by: Member | None = None,
    passed_over: Iterable[tuple[Member, str]] = (),
) -> Assignment:
    """Writes the ledger's row for the owner the conversation has now."""
    return Assignment.objects.create(
        conversation=conversation,
        leg_id=conversation.leg_id,
        campaign_id=conversation.campaign_id,
        member_id=conversation.owner_id,
        because=because,
        by=by,
        passed_over=listed(passed_over),
        assigned_at=at,
    )


def listed(passed_over: Iterable[tuple[Member, str]]) -> list[dict[str, str]]:
    """Who was passed over, as the ledger keeps it."""
    return [{"member": str(member.pk), "name": member.name, "why": str(why)} for member, why in passed_over]


def _faster(conversation: Conversation) -> refusals.Faster:
    if conversation.owner is None:
        return refusals.Faster(None, _("It went back to the queue meanwhile."))
    sentence = _("%(name)s has this conversation now.") % {"name": conversation.owner.name}
    return refusals.Faster(conversation.owner, sentence)
