"""What a recipient says of a delivery: accepted, not a fit, or a question back."""

from datetime import datetime
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.models import Member
from conversations import refusals
from conversations.models import Conversation, Event
from delivery.models import Delivery, Recipient
from delivery.outcome import length_error, tidy

Answer = Recipient.Answer
ANSWERS = [Answer.ACCEPTED, Answer.NOT_A_FIT, Answer.ASKED_BACK]


class InvalidAnswer(refusals.Refused):
    """An answer that leaves out what it needs; `field` is to blame."""

    def __init__(self, field: str, sentence: str) -> None:
        self.field = field
        super().__init__(sentence)


class Withdrawn(refusals.Refused):
    def __init__(self) -> None:
        super().__init__(_("This delivery has been withdrawn."))


def answer(delivery: Delivery, said: str, *, by: Member, text: str = "", at: datetime | None = None) -> Recipient:
    """Keeps what the recipient (or a member of the team it went to) answers; the last answer of the same one holds.

    A question back becomes a note to who delivered. Raises InvalidAnswer, Withdrawn, Faster, Recipient.DoesNotExist.
    """
    text, at = tidy(text), at or timezone.now()
    check(said, text)
    with delivery.conversation.changing() as conversation:
        recipient = recipient_of(delivery, by)
        if (recipient.answer, recipient.answer_text, recipient.answered_by_id) == (said, text, by.pk):
            return recipient
        _check_nobody_else(recipient, by)
        recipient.answer, recipient.answer_text, recipient.answered_by, recipient.answered_at = said, text, by, at
        recipient.save(update_fields=["answer", "answer_text", "answered_by", "answered_at"])
        _tell(conversation, recipient, by=by, at=at)
        return recipient


def check(said: str, text: str) -> None:
    """Raises InvalidAnswer unless it says enough."""
    if said not in ANSWERS:
        raise InvalidAnswer("answer", _("Accept it, say that it isn’t a fit, or ask back."))
    if said == Answer.NOT_A_FIT and not text:
        raise InvalidAnswer("text", _("Write in a word why it isn’t a fit."))
    if said == Answer.ASKED_BACK and not text:
        raise InvalidAnswer("text", _("Write what you would like to know."))
    if error := length_error(text):
        raise InvalidAnswer("text", error)


def recipient_of(delivery: Delivery, member: Member) -> Recipient:
    """The member's place among the recipients, else their team's. Raises Withdrawn, Recipient.DoesNotExist."""
    if Delivery.objects.filter(pk=delivery.pk, withdrawn_at__isnull=False).exists():
        raise Withdrawn
    mine = Recipient.objects.of_member(member).filter(delivery=delivery).select_related("answered_by__user")
    found = sorted(mine, key=lambda recipient: recipient.member_id is None)
    if not found:
        raise Recipient.DoesNotExist
    return found[0]


def _check_nobody_else(recipient: Recipient, by: Member) -> None:
    first = recipient.answered_by
    if first and first != by:
        values = {"name": first.name, "answer": recipient.get_answer_display()}
        raise refusals.Faster(first, _("%(name)s has answered for the team already: %(answer)s.") % values)


def _tell(conversation: Conversation, recipient: Recipient, *, by: Member, at: datetime) -> None:
    author = recipient.delivery.author
    if recipient.answer == Answer.ASKED_BACK:
        conversation.note(recipient.answer_text, by=by, mentions=[author], at=at)
        return
    data: dict[str, Any] = {
        "delivery": str(recipient.delivery_id),
        "answer": recipient.answer,
        "text": recipient.answer_text,
        "author": author.pk.hex,
    }
    Event.record(conversation, Event.Kind.DELIVERY_ANSWERED, at=at, member=by, data=data)
