from typing import Any

from django.http import HttpRequest
from ninja import Query, Router, Status

from accounts.api.input import found
from accounts.api.lists import Page, page
from accounts.api.tokens import may_read, may_write
from conversations.models import Conversation
from delivery.api.input import DeliveryIn, Filters
from delivery.api.output import DeliveryOut, deliveries_to_show
from delivery.models import Delivery

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


@router.get("/deliveries", auth=may_read, response=Page[DeliveryOut], summary="List deliveries, newest first")
def deliveries(request: HttpRequest, asked: Query[Filters]) -> dict[str, Any]:
    return page(asked.narrow(deliveries_to_show()), asked, by=("-delivered_at", "-id"))
