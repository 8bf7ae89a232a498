from collections import Counter
from collections.abc import Iterable
from uuid import UUID

from django.db.models import Count

from conversations.models import Conversation


def open_leads(member_ids: Iterable[UUID]) -> Counter[UUID]:
    """How many open conversations each of these members has; 0 for who has none."""
    leads = Conversation.objects.open().filter(owner__in=list(member_ids)).order_by()
    return Counter(dict(leads.values_list("owner").annotate(Count("pk"))))
