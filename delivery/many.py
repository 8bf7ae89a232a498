"""Delivering many selected conversations with one outcome, each about its own application."""

from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.models import Member
from conversations.bulk import BulkAction
from conversations.models import Conversation
from conversations.refusals import Refused
from delivery.choosing import named_by
from delivery.delivering import deliver
from delivery.models import Delivery, Reason, Status
from delivery.outcome import Outcome
from delivery.withdrawing import withdraw

TEXTS = ("explanation", "notes")


def parameters_of(outcome: Outcome, chosen: list[str]) -> dict[str, Any]:
    """The outcome and the recipients (`member:ID`, `team:ID`, `email:ADDRESS`), to be kept until it's their turn."""
    return {
        "status": str(outcome.status.pk),
        "reason": str(outcome.reason.pk) if outcome.reason else None,
        "rating": outcome.rating,
        "to": chosen,
    } | {name: getattr(outcome, name) for name in TEXTS}


def deliver_one(conversation: Conversation, by: Member, parameters: dict[str, Any]) -> dict[str, Any]:
    """Raises Refused where this one can't be delivered so."""
    reason = parameters["reason"]
    outcome = Outcome(
        status=Status.objects.get(pk=parameters["status"]),
        application=conversation.application,
        reason=Reason.objects.get(pk=reason) if reason else None,
        rating=parameters["rating"],
        **{name: parameters[name] for name in TEXTS},
    )
    rows = named_by(parameters["to"], by)
    delivery = deliver(conversation, outcome, by=by, to=[rows[value] for value in parameters["to"] if value in rows])
    return {"delivery": str(delivery.pk)}


def withdraw_one(conversation: Conversation, by: Member, before: dict[str, Any]) -> None:
    """Raises Refused once somebody works on it again."""
    delivery = Delivery.objects.select_related("status", "application").get(pk=before["delivery"])
    if conversation.leg_id != delivery.leg_id:
        raise Refused(_("It has been taken up since."))
    delivery.conversation = conversation
    withdraw(delivery, by=by)


DELIVER = BulkAction("deliver", gettext_lazy("Deliver"), "delivery:many", deliver_one, withdraw_one, position=10)
