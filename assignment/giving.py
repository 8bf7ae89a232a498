"""Giving out leads: those of a campaign that wait, the oldest first, each to the next in turn."""

from collections.abc import Iterator
from datetime import timedelta
from typing import Any

from django.db import transaction
from django.db.models import Exists, OuterRef
from django.utils import timezone

from accounts.models import Member
from assignment.assigning import assign
from assignment.assigning_in_turn import assign_first_in_turn, assign_in_turn
from assignment.models import Assignment, Because
from assignment.turn import absences, decide, in_turn, lock_turn, taking_part
from campaigns.models import Campaign, CampaignAccess
from conversations import refusals
from conversations.models import Conversation
from conversations.queries import ConversationQuerySet

LOOKED_AT = 100
MOST_BEFORE = 100
NOT_AGAIN_FOR = timedelta(hours=1)


def waiting_in(campaign: Campaign) -> ConversationQuerySet:
    """The queue of a campaign: open leads that nobody has, in the order in which they came."""
    return Conversation.objects.open().unassigned().filter(campaign=campaign).order_by("opened_at", "id")


def is_waiting(conversation: Conversation) -> bool:
    """Whether it is an open lead that nobody has, as the database knows it."""
    return Conversation.objects.open().unassigned().filter(pk=conversation.pk).exists()


def as_it_waits(conversation: Conversation) -> Any:
    """The lead, if it is open and nobody has it, as the database knows it. `had_owner`: a conversation of its person
    was somebody's before; `has_turn`: there is somebody to whom its campaign gives leads."""
    had_owner = Exists(Assignment.objects.filter(conversation__person=OuterRef("person")))
    has_turn = Exists(taking_part(CampaignAccess.objects.filter(campaign=OuterRef("campaign"))))
    lead = Conversation.objects.open().unassigned().filter(pk=conversation.pk).order_by()
    return lead.annotate(had_owner=had_owner, has_turn=has_turn).only("pk").first()


def give_to_next(conversation: Conversation) -> Assignment | None:
    """Gives out what waits in its campaign until this lead has an owner: an older one is never overtaken.

    Returns the last assignment made, None when there is nobody to give it to: it waits in the queue. Where very many
    wait before it, a task goes on with them.
    """
    from assignment.tasks import work_off_queue_of_id

    campaign, given = conversation.campaign, None
    for _lead in range(MOST_BEFORE):
        given = give_oldest(campaign) if campaign else None
        if given and given.conversation_id == conversation.pk:
            conversation.owner_id = given.member_id
            return given
        if given is None or not is_waiting(conversation):
            return None
    work_off_queue_of_id(conversation.organization_id)
    return given


def give_oldest(campaign: Campaign, *, to_anybody: bool = False) -> Assignment | None:
    """Gives the lead that has waited longest to the next in turn, away or not where `to_anybody`.

    The place in the turn is locked meanwhile, and before the conversation, so that leads are given out one after
    another; it moves in the transaction of the assignment and its entry in the ledger.
    """
    over_available_only = campaign.rotate_over == Campaign.RotateOver.AVAILABLE and not to_anybody
    with transaction.atomic(savepoint=False):
        given = None if over_available_only else assign_first_in_turn(campaign)
        return given or _give_oldest_possible(campaign, over_available_only=over_available_only)


def _give_oldest_possible(campaign: Campaign, *, over_available_only: bool) -> Assignment | None:
    """One after another of the queue, where it has to be decided who can take it."""
    lock_turn(campaign)
    for lead in _oldest_of(campaign):
        barred = _barred(lead) if lead.had_before else None
        decision = decide(campaign, barred=barred, over_available_only=over_available_only)
        if decision.member is None and not decision.another_could:
            return None
        if decision.member and (given := assign_in_turn(lead, decision)):
            return given
    return None


def _oldest_of(campaign: Campaign) -> Iterator[Any]:
    """The queue with `had_before`: mostly its first can be given; some others are read for those that can't."""
    had_before = Exists(Assignment.objects.filter(conversation=OuterRef("pk")))
    queue = waiting_in(campaign).select_related("campaign").annotate(had_before=had_before)
    yield from queue[:1]
    yield from queue[1:LOOKED_AT]


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
