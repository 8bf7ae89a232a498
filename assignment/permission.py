"""Who may make whom responsible for what: the one place that says so, for the page and the API."""

from django.utils.translation import gettext as _

from accounts.models import Member
from campaigns.models import CampaignAccess
from conversations.models import Conversation
from conversations.refusals import Refused


class NotAllowed(Refused):
    """This member may not assign this conversation, or not to that member."""


def check_assignment(by: Member | None, conversation: Conversation, member: Member | None) -> None:
    """Raises NotAllowed unless `by` may give the conversation to `member` (None: back to the queue).

    Admins and supervisors, and the organization's own programs (`by` None), assign any conversation; recruiters take
    an unassigned one or hand theirs over, where the organization lets them.
    """
    if by is not None and not by.sees_everything:
        _check_recruiter(by, conversation, member)
    if member is not None and not can_own(member):
        raise NotAllowed(_("%(name)s has access to no campaign yet.") % {"name": member.name})


def can_own(member: Member) -> bool:
    """A conversation is given to staff who have access to at least one campaign, or who see everything anyway."""
    if member.is_guest or not member.is_active:
        return False
    return member.sees_everything or CampaignAccess.objects.filter(member=member).exists()


def may_assign_to_others(by: Member, conversation: Conversation) -> bool:
    return by.sees_everything or _is_theirs_to_hand_over(by, conversation)


def may_take(by: Member, conversation: Conversation) -> bool:
    if by.sees_everything:
        return True
    return conversation.owner_id is None and not by.is_guest and by.organization.recruiters_may_take


def _is_theirs_to_hand_over(by: Member, conversation: Conversation) -> bool:
    return conversation.owner_id == by.pk and not by.is_guest and by.organization.recruiters_may_hand_over


def _check_recruiter(by: Member, conversation: Conversation, member: Member | None) -> None:
    if by.is_guest:
        raise NotAllowed(_("Guests don’t assign conversations."))
    if conversation.owner_id == by.pk:
        if member != by and not by.organization.recruiters_may_hand_over:
            raise NotAllowed(_("Only a supervisor hands conversations over here."))
    elif conversation.owner_id is not None:
        raise NotAllowed(_("Only a supervisor takes a colleague’s conversation."))
    elif member != by:
        raise NotAllowed(_("You can take this conversation yourself, and then hand it over."))
    elif not by.organization.recruiters_may_take:
        raise NotAllowed(_("Only a supervisor gives out unassigned conversations here."))
