"""What was worked on and has no delivery yet: as it is now, whatever the period."""

from conversations.models import Conversation
from conversations.queries import ConversationQuerySet
from reports.filters import Filters

COLUMNS = {
    "campaign": "campaign",
    "team": "campaign__team",
    "source": "application__source",
    "member": "owner",
    "temperature": "person__scored__temperature",
    "score": "person__scored__total__gte",
}


def undelivered(filters: Filters) -> ConversationQuerySet:
    """Those the asker may see, narrowed as the report is."""
    visible = Conversation.objects.visible_to(filters.member)
    return visible.undelivered().filter(filters.conditions(COLUMNS))
