"""A delivery as the API shows it."""

from datetime import datetime
from typing import Any

from django.db.models import Prefetch, QuerySet
from ninja import Schema

from accounts.api.input import Id, MemberOut
from delivery.models import Delivery, Recipient


class RecipientOut(Schema):
    """`answer`: accepted, not_a_fit or asked_back; null before there is one."""

    member: MemberOut | None
    team: str | None
    answer: str | None
    answer_text: str
    answered_at: datetime | None

    @staticmethod
    def resolve_team(recipient: Any) -> str | None:
        return recipient.team and recipient.team.slug

    @staticmethod
    def resolve_answer(recipient: Any) -> str | None:
        return recipient.answer or None


class DeliveryOut(Schema):
    """`status` is the slug of the organization's status, `basis` the one of the six it is built on."""

    id: Id
    status: str
    basis: str
    application: Id | None
    reason: str | None
    explanation: str
    notes: str
    rating: int | None
    recipients: list[RecipientOut]
    author: MemberOut
    conversation: Id
    at: datetime
    withdrawn_at: datetime | None

    @staticmethod
    def resolve_status(delivery: Any) -> str:
        return delivery.status.slug

    @staticmethod
    def resolve_basis(delivery: Any) -> str:
        return delivery.status.basis

    @staticmethod
    def resolve_application(delivery: Any) -> str | None:
        return delivery.application_id and str(delivery.application_id)

    @staticmethod
    def resolve_reason(delivery: Any) -> str | None:
        return delivery.reason and delivery.reason.slug

    @staticmethod
    def resolve_recipients(delivery: Any) -> list[Any]:
        return list(delivery.recipients.all())

    @staticmethod
    def resolve_conversation(delivery: Any) -> str:
        return str(delivery.conversation_id)

    @staticmethod
    def resolve_at(delivery: Any) -> datetime:
        return delivery.delivered_at


def deliveries_to_show() -> QuerySet[Delivery]:
    rows = Delivery.objects.select_related("status", "reason", "author__user")
    recipients = Recipient.objects.select_related("member__user", "team").order_by("id")
    return rows.prefetch_related(Prefetch("recipients", recipients))
