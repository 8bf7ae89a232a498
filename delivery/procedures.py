"""What the team of a conversation asks of its deliveries."""

from conversations.models import Conversation
from delivery.models import Procedure, Status


def procedure_of(conversation: Conversation, status: Status) -> Procedure:
    """The procedure of the campaign's team for this status; the defaults where none is set up."""
    team_id = conversation.campaign.team_id if conversation.campaign else None
    kept = Procedure.objects.filter(team=team_id, status=status).first() if team_id else None
    return kept or Procedure(status=status)
