"""A mail of ours that came back: which attempt it is about."""

from django.db.models import F

from conversations.models import Conversation
from gateways.email.bounce import Bounced
from gateways.email.identity import answered
from gateways.email.threading import id_of
from gateways.models import Attempt
from gateways.refusals import Bounce


def refusal_of(report: Bounced, conversation: Conversation | None) -> Bounce:
    """The refusal of this bounce, with the attempt that failed by it unless the server goes on trying."""
    attempt = _attempt(report, conversation) if report.permanent else None
    return Bounce(f"{report.status} {report.reason}".strip(), attempt=attempt)


def _attempt(report: Bounced, conversation: Conversation | None) -> Attempt | None:
    """By what the provider or we ourselves call the mail. Where neither knows the id that came back, the latest that
    went to this address in the conversation."""
    mail_id, sent = report.original_message_id, Attempt.objects.may_fail().with_message()
    if conversation:
        sent = sent.filter(message__conversation=conversation)
    if mail_id and (known := sent.filter(provider_id=mail_id).first()):
        return known
    if ours := answered([mail_id]):
        return next((one for one in sent.filter(message__in=ours) if id_of(one) == mail_id), None)
    if conversation is None:
        return None
    there = sent.filter(address__iexact=report.recipient)
    return there.order_by(F("sent_at").desc(nulls_last=True)).first()
