"""Many conversations, each in a transaction of its own: who writes in one of them waits for none of the others."""

from collections.abc import Callable

from accounts.tenancy import enter
from conversations.models import Conversation
from conversations.queries import ConversationQuerySet

BATCH = 200


def one_by_one(
    organization_id: int, which: Callable[[], ConversationQuerySet], act: Callable[[Conversation], object]
) -> None:
    """Acts on the first of them, and on none that is one no more by then. Not to be called inside a transaction."""
    with enter(organization_id):
        ids = list(which().values_list("pk", flat=True)[:BATCH])
    for pk in ids:
        with enter(organization_id):
            if conversation := which().filter(pk=pk).first():
                act(conversation)
