from typing import Any

from django.http import HttpRequest
from ninja import Query, Router, Status

from accounts.api.input import found
from accounts.api.lists import Page, page
from accounts.api.tokens import may_read, may_write
from conversations.models import Conversation
from delivery.api.input import Author, DeliveryIn, Filters
from delivery.api.output import DeliveryOut, deliveries_to_show
from delivery.models import Delivery
from delivery.withdrawing import withdraw

router = Router(tags=["deliveries"])


@router.post(
    "/conversations/{id}/deliveries",
    auth=may_write,
    response={201: DeliveryOut},
    summary="Deliver a conversation: record its outcome and end it",
)
def deliver(request: HttpRequest, id: str, said: DeliveryIn) -> Status[Delivery]:  # noqa: A002
    conversation = found(Conversation.objects.select_related("application", "campaign"), id)
    made = said.deliver(conversation)
    return Status(201, deliveries_to_show().get(pk=made.pk))


@router.get("/deliveries/{id}", auth=may_read, response=DeliveryOut, summary="One delivery, with its answers")
def delivery(request: HttpRequest, id: str) -> Delivery:  # noqa: A002
    return found(deliveries_to_show(), id)


@router.delete("/deliveries/{id}", auth=may_write, response=DeliveryOut, summary="Withdraw a delivery")
def take_back(request: HttpRequest, id: str, said: Query[Author]) -> Delivery:  # noqa: A002
    """It stays, and counts no more. Its author may, and who sees everything; if it had ended the conversation, who
    withdraws it has that open again."""
    made = found(Delivery.objects.select_related("conversation", "status", "application"), id)
    withdraw(made, by=said.member_for(made))
    return found(deliveries_to_show(), id)


@router.get("/deliveries", auth=may_read, response=Page[DeliveryOut], summary="List deliveries, newest first")
def deliveries(request: HttpRequest, asked: Query[Filters]) -> dict[str, Any]:
    return page(asked.narrow(deliveries_to_show()), asked, by=("-delivered_at", "-id"))
