"""A mail of ours that came back: which attempt it is about."""

from conversations.models import Conversation, DeliveryState
from gateways.email.bounce import Bounced, bounced
from gateways.models import Attempt
from gateways.refusals import Bounce


def refusal_of(raw: bytes, conversation: Conversation | None) -> Bounce:
    """The refusal of this bounce, with the attempt that failed by it unless the server goes on trying."""
    report = bounced(raw)
    if report is None:
        return Bounce()
    attempt = _attempt(report, conversation) if report.permanent else None
    return Bounce(f"{report.status} {report.reason}".strip(), attempt=attempt)


def _attempt(report: Bounced, conversation: Conversation | None) -> Attempt | None:
    sent = Attempt.objects.filter(state__in=[DeliveryState.SENT, DeliveryState.DELIVERED]).order_by("-sent_at")
    sent = sent.select_related("message__author__user", "message__conversation__person")
    if report.original_message_id:
        return sent.filter(provider_id=report.original_message_id).first()
    if conversation is None:
        return None
    return sent.filter(message__conversation=conversation, address__iexact=report.recipient).first()
