"""Which members see a conversation: what `ConversationQuerySet.visible_to` says, asked from the other side."""

from typing import TYPE_CHECKING

from django.db.models import Q, QuerySet

from accounts.models import Member
from accounts.models.member import SEE_EVERYTHING

if TYPE_CHECKING:
    from conversations.models import Conversation


def who_see(conversation: "Conversation") -> QuerySet[Member]:
    """The members, guests aside, who may open it."""
    by_campaign = Q(access__campaign=conversation.campaign_id)
    may = Q(role__in=SEE_EVERYTHING) | Q(pk=conversation.owner_id) | by_campaign | granted(conversation)
    return Member.objects.staff().filter(may).distinct().select_related("user").order_by("user__name")


def granted(conversation: "Conversation") -> Q:
    """Of members: it was granted to them, or to a team of theirs, and still is."""
    to_them = Q(grants__conversation=conversation, grants__revoked_at=None)
    return to_them | Q(teams__grants__conversation=conversation, teams__grants__revoked_at=None)
