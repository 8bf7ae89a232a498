"""Whom a conversation can be given to, with what helps to choose."""

from dataclasses import dataclass

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
    campaigns: dict[object, set[object]] = {}
    for member_id, campaign_id in CampaignAccess.objects.values_list("member", "campaign"):
        campaigns.setdefault(member_id, set()).add(campaign_id)
    staff = Member.objects.staff().select_related("user")
    members = [member for member in staff if member.pk in campaigns or member.sees_everything]
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
