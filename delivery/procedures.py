"""What the team of a conversation asks of its deliveries."""

from conversations.models import Conversation
from delivery.models import Procedure, Status


def procedure_of(conversation: Conversation, status: Status) -> Procedure:
    """The procedure of the campaign's team for this status; the defaults where none is set up."""
    ours = Procedure.objects.filter(team__campaign=conversation.campaign_id, status=status)  # one, if any
    kept = list(ours) if conversation.campaign_id else []  # none would mean the teams without a campaign
    return kept[0] if kept else Procedure(status=status)
