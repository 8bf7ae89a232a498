"""Whom a conversation can be given to, with what helps to choose."""

from dataclasses import dataclass
from uuid import UUID

from accounts.models import Member
from assignment.permission import may_assign_to_others
from assignment.workload import open_leads
from campaigns.models import CampaignAccess
from conversations.models import Conversation


@dataclass(frozen=True)
class Assignable:
    """A member who can own a conversation; `open_leads` is how many they have now."""

    member: Member
    open_leads: int
    has_access: bool
    is_owner: bool


def assignable(conversation: Conversation, by: Member) -> list[Assignable]:
    """Who has access to this campaign first, then who has least to do. Empty when `by` may choose nobody."""
    if not may_assign_to_others(by, conversation):
        return []
    campaigns = _campaigns_of_members()
    members = _who_can_own(campaigns)
    leads = open_leads(member.pk for member in members)
    rows = [
        Assignable(
            member,
            leads[member.pk],
            has_access=member.sees_everything or conversation.campaign_id in campaigns.get(member.pk, ()),
            is_owner=member.pk == conversation.owner_id,
        )
        for member in members
    ]
    return sorted(rows, key=lambda row: (not row.has_access, row.open_leads, row.member.name))


def with_campaigns() -> list[Assignable]:
    """Everybody who can own some conversation, who has least to do first: for many conversations at once."""
    members = _who_can_own(_campaigns_of_members())
    leads = open_leads(member.pk for member in members)
    rows = [Assignable(member, leads[member.pk], has_access=False, is_owner=False) for member in members]
    return sorted(rows, key=lambda row: (row.open_leads, row.member.name))


def _campaigns_of_members() -> dict[UUID, set[UUID]]:
    campaigns: dict[UUID, set[UUID]] = {}
    for member_id, campaign_id in CampaignAccess.objects.values_list("member", "campaign"):
        campaigns.setdefault(member_id, set()).add(campaign_id)
    return campaigns


def _who_can_own(campaigns: dict[UUID, set[UUID]]) -> list[Member]:
    staff = Member.objects.staff().select_related("user")
    return [member for member in staff if member.pk in campaigns or member.sees_everything]
