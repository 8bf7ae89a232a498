"""The verbs that make somebody responsible. The ledger's row and the owner change in one transaction."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any, Final

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.models import Member, Role
from assignment.availability import absence_of
from assignment.models import Assignment, Because, Rotation
from assignment.rotation import Candidate, Decision, next_in_turn
from assignment.workload import open_leads
from campaigns.models import Campaign
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
        leg=conversation.leg,
        campaign_id=conversation.campaign_id,
        member_id=conversation.owner_id,
        because=because,
        by=by,
        passed_over=[{"member": str(m.pk), "name": m.name, "why": str(why)} for m, why in passed_over],
        assigned_at=at,
    )


def give_to_next(conversation: Conversation) -> Assignment | None:
    """Gives an unassigned open lead to the next member of its campaign's rotation; anything else is left alone.

    The campaign's Rotation row is locked meanwhile, and before the conversation, so that leads are given out one
    after another. Returns None when there is nobody to give it to: it waits in the queue.
    """
    if conversation.campaign is None or not is_waiting(conversation):
        return None
    try:
        with transaction.atomic():
            rotation = _locked_rotation(conversation.campaign)
            decision = _decide(conversation.campaign)
            if decision.member is None:
                return None
            _move_to_the_end(rotation, decision)
            facts: dict[str, Any] = {"because": Because.ROTATION, "passed_over": decision.passed_over}
            return assign(conversation, decision.member, instead_of=None, **facts)
    except (refusals.Faster, refusals.Ended):
        return None


def is_waiting(conversation: Conversation) -> bool:
    """Whether it is an open lead that nobody has, as the database knows it."""
    return Conversation.objects.open().unassigned().filter(pk=conversation.pk).exists()


def _locked_rotation(campaign: Campaign) -> Rotation:
    Rotation.objects.get_or_create(campaign=campaign)
    return Rotation.objects.select_for_update().get(campaign=campaign)


def _decide(campaign: Campaign) -> Decision:
    now = timezone.now()
    row = campaign.in_turn.filter(member__is_active=True, member__user__is_active=True)
    accesses = list(row.exclude(member__role=Role.GUEST))
    leads = open_leads(access.member_id for access in accesses)
    candidates = [
        Candidate(a.member, a.turn, absence_of(a.member, open_conversations=leads[a.member_id], now=now))
        for a in accesses
    ]
    return next_in_turn(candidates, over_available_only=campaign.rotate_over == Campaign.RotateOver.AVAILABLE)


def _move_to_the_end(rotation: Rotation, decision: Decision) -> None:
    rotation.last_turn = max(rotation.last_turn + 1, decision.last_turn)
    rotation.save(update_fields=["last_turn"])
    rotation.campaign.access.filter(member=decision.member).update(turn=rotation.last_turn)


def _faster(conversation: Conversation) -> refusals.Faster:
    if conversation.owner is None:
        return refusals.Faster(None, _("It went back to the queue meanwhile."))
    sentence = _("%(name)s has this conversation now.") % {"name": conversation.owner.name}
    return refusals.Faster(conversation.owner, sentence)
