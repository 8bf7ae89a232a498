"""What the team of a conversation asks of its deliveries."""

from django.utils.translation import gettext as _

from accounts.models import Member, Team
from conversations.models import Conversation
from delivery.guests import email_of, member_at
from delivery.models import Procedure, Status
from delivery.outcome import InvalidOutcome

Named = Member | Team | str


def procedure_of(conversation: Conversation, status: Status) -> Procedure:
    """The procedure of the campaign's team for this status; the defaults where none is set up."""
    team_id = conversation.campaign.team_id if conversation.campaign else None
    kept = Procedure.objects.filter(team=team_id, status=status).first() if team_id else None
    return kept or Procedure(status=status)


def check_recipients(procedure: Procedure, to: list[Named]) -> None:
    """Raises InvalidOutcome when these recipients aren't what the procedure asks for."""
    if error := _error(procedure, to):
        raise InvalidOutcome({"recipients": error})


def _error(procedure: Procedure, to: list[Named]) -> str:
    if procedure.recipients == Procedure.Recipients.REQUIRED and not to:
        return _("Choose who it is delivered to.")
    if procedure.recipients == Procedure.Recipients.NONE and to:
        return _("%(status)s is delivered to nobody here.") % {"status": procedure.status.name}
    if any(isinstance(named, Member) and not (named.is_active and named.user.is_active) for named in to):
        return _("One of them is no longer a member here.")
    if not procedure.free_address and any(_is_free(named) for named in to):
        return _("Only members and teams can be chosen here.")
    return ""


def _is_free(named: Named) -> bool:
    return isinstance(named, str) and member_at(email_of(named)) is None
