"""Names of the groups that live screens belong to."""

from typing import TYPE_CHECKING
from uuid import UUID

from django.conf import settings

from accounts.models import Member
from conversations.seeing import granted

if TYPE_CHECKING:
    from conversations.models import Conversation

LANGUAGES = tuple(code for code, _ in settings.LANGUAGES)


def of_conversation(conversation_id: UUID) -> str:
    """The members who have the conversation on their screen."""
    return f"conversation_{conversation_id.hex}"


def of_candidate(conversation_id: UUID) -> str:
    """The candidate's own page."""
    return f"candidate_{conversation_id.hex}"


def of_member(organization_id: int | None, member_id: UUID) -> str:
    """The member's own lists, on all their screens."""
    return f"organization_{organization_id}_member_{member_id.hex}"


def of_access(organization_id: int | None, member_id: UUID) -> str:
    """All sockets of a member, to be told that what they may see has changed."""
    return f"organization_{organization_id}_access_{member_id.hex}"


def of_campaign(organization_id: int | None, campaign_id: UUID) -> str:
    """The lists of recruiters with access to the campaign."""
    return f"organization_{organization_id}_campaign_{campaign_id.hex}"


def of_everyone(organization_id: int | None) -> str:
    """The lists of supervisors and admins."""
    return f"organization_{organization_id}_everyone"


def in_language(group: str, language: str) -> str:
    """Those of a group who read this language: for them alone something is rendered, once."""
    return f"{group}_{language if language in LANGUAGES else settings.LANGUAGE_CODE}"


def of_lists(conversation: "Conversation") -> list[str]:
    """The lists that show this conversation: by its campaign, its owner, and whom it was granted to."""
    members = _granted_to(conversation) if getattr(conversation, "is_granted", True) else set()
    if conversation.owner_id:
        members.add(conversation.owner_id)
    organization_id = conversation.organization_id
    found = [of_everyone(organization_id), *(of_member(organization_id, pk) for pk in sorted(members))]
    if conversation.campaign_id:
        found.append(of_campaign(organization_id, conversation.campaign_id))
    return found


def _granted_to(conversation: "Conversation") -> set[UUID]:
    """Staff only: an item shows what was said last, and a guest sees to the end of their leg."""
    return set(Member.objects.staff().filter(granted(conversation)).values_list("pk", flat=True))
