"""Giving out leads: those of a campaign that wait, the oldest first, each to the next in turn."""

from datetime import timedelta
from typing import Any

from django.db import transaction
from django.db.models import Exists, OuterRef
from django.utils import timezone

from accounts.models import Member
from assignment.assigning import assign
from assignment.models import Assignment, Because
from assignment.turn import absences, decide, in_turn, locked_rotation, move_to_the_end
from campaigns.models import Campaign, CampaignAccess
from conversations import refusals
from conversations.models import Conversation
from conversations.queries import ConversationQuerySet

LOOKED_AT = 100
NOT_AGAIN_FOR = timedelta(hours=1)


def waiting_in(campaign: Campaign) -> ConversationQuerySet:
    """The queue of a campaign: open leads that nobody has, in the order in which they came."""
    return Conversation.objects.open().unassigned().filter(campaign=campaign).order_by("opened_at", "id")


def is_waiting(conversation: Conversation) -> bool:
    """Whether it is an open lead that nobody has, as the database knows it."""
    return Conversation.objects.open().unassigned().filter(pk=conversation.pk).exists()


def give_to_next(conversation: Conversation) -> Assignment | None:
    """Gives out what waits in its campaign until this lead has an owner: an older one is never overtaken.

    Returns None when there is nobody to give it to: it waits in the queue.
    """
    while conversation.campaign and (given := give_oldest(conversation.campaign)):
        if given.conversation_id == conversation.pk:
            conversation.owner = given.member
            return given
        if not is_waiting(conversation):
            return None
    return None


def give_oldest(campaign: Campaign, *, to_anybody: bool = False) -> Assignment | None:
    """Gives the lead that has waited longest to the next in turn, away or not where `to_anybody`.

    The place in the turn is locked meanwhile, and before the conversation, so that leads are given out one after
    another; it moves in the transaction of the assignment and its entry in the ledger.
    """
    with transaction.atomic(savepoint=False):
        rotation = locked_rotation(campaign)
        had_before = Exists(Assignment.objects.filter(conversation=OuterRef("pk")))
        for lead in waiting_in(campaign).annotate(had_before=had_before)[:LOOKED_AT]:
            barred = _barred(lead) if lead.had_before else None
            decision = decide(campaign, barred=barred, over_available_only=False if to_anybody else None)
            if decision.member is None and not decision.another_could:
                return None
            if decision.member is None:
                continue
            try:
                given = assign(
                    lead,
                    decision.member,
                    because=Because.ROTATION,
                    passed_over=decision.passed_over,
                    instead_of=None,
                )
            except (refusals.Faster, refusals.Ended):
                continue
            move_to_the_end(rotation, decision.member)
            return given
    return None


def give_back_to_last_owner(conversation: Conversation) -> Assignment | None:
    """A person who returns goes to who had them last, if that member is there and may see the campaign."""
    last = Assignment.objects.filter(conversation__person=conversation.person_id).exclude(conversation=conversation)
    found = last.exclude(member=None).select_related("member__user", "member__organization").order_by("-assigned_at")
    owner = next((assignment.member for assignment in found[:1]), None)
    if owner is None or conversation.campaign is None or not is_there(owner, conversation.campaign):
        return None
    if not CampaignAccess.objects.filter(member=owner, campaign=conversation.campaign).exists():
        return None
    try:
        return assign(conversation, owner, because=Because.RETURNED, instead_of=None)
    except (refusals.Faster, refusals.Ended):
        return None


def is_there(member: Member, campaign: Campaign) -> bool:
    """Whether this member could take a lead of the campaign now; it doesn't ask who rotates over everyone."""
    if not member.is_active or member.is_guest:
        return False
    asks = campaign.rotate_over == Campaign.RotateOver.AVAILABLE
    return not (asks and absences([member], timezone.now())[member.pk])


def _barred(lead: Conversation) -> Any:
    """Who had it a moment ago and didn't answer, unless there is nobody else in the rotation."""
    last = lead.assignments.order_by("-assigned_at", "-id").select_related(None)[:2]
    rows = list(last.values_list("because", "member", "assigned_at"))
    if len(rows) < 2 or rows[0][0] != Because.UNANSWERED or timezone.now() - rows[0][2] > NOT_AGAIN_FOR:
        return None
    others = lead.campaign and in_turn(lead.campaign).exclude(member=rows[1][1]).exists()
    return rows[1][1] if others else None
