"""What a recipient does with a delivery: takes the conversation up, writes a note, answers the candidate."""

from django.db import transaction
from django.utils.translation import gettext as _

from accounts.models import Member
from conversations import refusals
from conversations.models import Conversation, Event, Message
from delivery.models import Delivery, Recipient
from delivery.procedures import procedure_of


class MayNotWrite(refusals.Refused):
    def __init__(self) -> None:
        super().__init__(_("The organization writes to the candidate itself. A note reaches your colleagues there."))


def take_up(conversation: Conversation, *, by: Member) -> None:
    """Starts the next leg with `by` as its owner. Raises Faster when somebody else has."""
    with transaction.atomic():
        conversation.take_up(by=by)
        if conversation.owner != by:
            who = conversation.owner.name if conversation.owner else _("The candidate")
            raise refusals.Faster(conversation.owner, _("%(name)s has taken it up again already.") % {"name": who})
        if by.is_guest:  # until they deliver it onward
            conversation.grants.filter(member=by, revoked_at=None).update(until_number=None)


def give_to_recipient(event: Event) -> None:
    """The candidate wrote after a delivery that a colleague had accepted: the new leg is theirs."""
    if event.member_id:
        return
    conversation = event.conversation
    accepted = Recipient.objects.filter(
        delivery__leg__conversation=conversation,
        delivery__leg__number=conversation.leg.number - 1,
        delivery__withdrawn_at=None,
        answer=Recipient.Answer.ACCEPTED,
        answered_by__in=Member.objects.staff(),
    )
    if first := accepted.select_related("answered_by__user").order_by("answered_at").first():
        conversation.owner = conversation.leg.owner = first.answered_by
        conversation.leg.save(update_fields=["owner"])


def may_write(delivery: Delivery, member: Member) -> bool:
    """Whether this recipient may write to the candidate: members do, guests where the procedure says so."""
    return not member.is_guest or procedure_of(delivery.conversation, delivery.status).guests_may_reply


def write_to_candidate(delivery: Delivery, text: str, *, by: Member) -> Message:
    """Takes the conversation up, if it hasn't been, and replies. Raises Refused."""
    if not may_write(delivery, by):
        raise MayNotWrite
    with transaction.atomic():
        take_up(delivery.conversation, by=by)
        return delivery.conversation.reply(text, by=by)
