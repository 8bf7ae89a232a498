"""The verb that wraps a conversation up: outcome, recipients and the end of the leg in one transaction."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.models import Member
from campaigns.models import Application
from conversations import refusals
from conversations.models import Conversation
from delivery.models import Basis, Delivery
from delivery.outcome import InvalidOutcome, Outcome, check
from delivery.procedures import procedure_of
from delivery.recipients import Named, check_recipients, close_grants_of_guest, known, let_in

STAGES_BEFORE = {Application.Stage.NEW, Application.Stage.IN_CONVERSATION}


class AlreadyDelivered(refusals.Faster):
    """Somebody else ended this leg first."""

    def __init__(self, delivery: Delivery) -> None:
        self.delivery = delivery
        sentence = _("%(name)s has already delivered this conversation: %(status)s.")
        super().__init__(delivery.author, sentence % {"name": delivery.author.name, "status": delivery.status.name})


def deliver(
    conversation: Conversation,
    outcome: Outcome,
    *,
    by: Member,
    to: Sequence[Named],
    at: datetime | None = None,
) -> Delivery:
    """Records the outcome, lets the recipients in and ends the leg. An address in `to` becomes a guest.

    Raises InvalidOutcome (its `errors` by field; `recipients` for `to`), AlreadyDelivered naming who was first.
    """
    outcome, at = outcome.cleaned(), at or timezone.now()
    with conversation.changing(refuses_first=True):
        _check_open(conversation)
        _check(conversation, outcome)
        recipients = known(to)
        check_recipients(procedure_of(conversation, outcome.status), recipients)
        return _record(conversation, outcome, recipients, by=by, at=at)


def _record(
    conversation: Conversation, outcome: Outcome, recipients: list[Named], *, by: Member, at: datetime
) -> Delivery:
    """Nothing is refused any more."""
    outcome = replace(outcome, application=_kept(outcome.application))
    delivery = _delivery(conversation, outcome, by=by, at=at)
    if delivery.application and conversation.application_id is None:
        conversation.application, conversation.campaign = delivery.application, delivery.application.campaign
    conversation.end_leg(by=by, data=_line(delivery, recipients), at=at)
    delivery.leg_id = conversation.leg_id
    delivery.save(force_insert=True)
    let_in(delivery, recipients)
    close_grants_of_guest(delivery)
    _move_on(delivery)
    return delivery


def _check_open(conversation: Conversation) -> None:
    if conversation.is_open:
        return
    if first := last_delivery(conversation):
        raise AlreadyDelivered(first)
    raise refusals.Ended


def _check(conversation: Conversation, outcome: Outcome) -> None:
    errors = check(outcome)
    if outcome.application and outcome.application.person_id != conversation.person_id:
        errors["application"] = _("This is somebody else’s application.")
    if errors:
        raise InvalidOutcome(errors)


def _kept(application: Application | None) -> Application | None:
    """A new application, of somebody who wrote without applying, is saved with the delivery."""
    if application is None or not application._state.adding:
        return application
    facts = {"person": application.person, "campaign": application.campaign}
    return Application.objects.get_or_create(**facts, defaults={"applied_at": application.applied_at})[0]


def _delivery(conversation: Conversation, outcome: Outcome, *, by: Member, at: datetime) -> Delivery:
    return Delivery(
        conversation=conversation,
        application=outcome.application,
        status=outcome.status,
        reason=outcome.reason,
        explanation=outcome.explanation,
        notes=outcome.notes,
        rating=outcome.rating,
        author=by,
        delivered_at=at,
    )


def last_delivery(conversation: Conversation) -> Delivery | None:
    """The one that ended the conversation's latest leg that was ended, unless withdrawn."""
    deliveries = Delivery.objects.standing().filter(conversation=conversation).select_related("author__user", "status")
    return deliveries.order_by("-delivered_at").first()


def _line(delivery: Delivery, recipients: list[Named]) -> dict[str, Any]:
    """What the thread's line says."""
    return {
        "delivery": str(delivery.pk),
        "status": delivery.status.name,
        "basis": delivery.status.basis,
        "stars": delivery.rating,
        "reason": delivery.reason.name if delivery.reason else "",
        "to": [str(recipient) for recipient in recipients],
    }


def _move_on(delivery: Delivery) -> None:
    if application := delivery.application:
        before = Application.objects.filter(pk=application.pk, stage__in=STAGES_BEFORE)
        if before.update(stage=Application.Stage.DELIVERED):
            application.stage = Application.Stage.DELIVERED
    if delivery.status.basis == Basis.SPAM:
        person = delivery.conversation.person
        person.is_spam = True
        person.save(update_fields=["is_spam"])
