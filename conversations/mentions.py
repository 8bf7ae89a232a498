"""Members named with @ in a note."""

from django.db.models import Q, QuerySet

from accounts.models import Member, Role
from conversations.models import Conversation

SEE_EVERYTHING = [Role.SUPERVISOR, Role.ADMIN]


def who_see(conversation: Conversation) -> QuerySet[Member]:
    """The members, guests aside, who may open this conversation: those whom it helps to name."""
    granted = Q(grants__conversation=conversation, grants__revoked_at=None)
    through_team = Q(teams__grants__conversation=conversation, teams__grants__revoked_at=None)
    by_campaign = Q(access__campaign=conversation.campaign_id)
    may = Q(role__in=SEE_EVERYTHING) | Q(pk=conversation.owner_id) | by_campaign | granted | through_team
    return Member.objects.staff().filter(may).distinct().select_related("user").order_by("user__name")


def mentioned_in(text: str, conversation: Conversation, *, by: Member) -> list[Member]:
    """Those whose full name stands after an @ in the text."""
    if "@" not in text:
        return []
    return [member for member in who_see(conversation).exclude(pk=by.pk) if f"@{member.name}" in text]
