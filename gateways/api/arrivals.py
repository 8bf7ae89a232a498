"""Mails as they came: what was refused and why, what waits in the quarantine, and what is to become of them."""

from collections.abc import Callable
from datetime import datetime
from typing import Any, Literal

from django.http import HttpRequest, HttpResponse
from ninja import Field, Query, Router, Schema, Status

from accounts.api.input import Id, Line, found
from accounts.api.lists import Asked, Page, page
from accounts.api.output import bytes_of
from accounts.api.problems import Problem
from accounts.api.tokens import may_administer
from gateways import inbox
from gateways.models import Arrival
from gateways.serving import as_it_came

router = Router(tags=["mails"])

CHOICES: dict[str, Callable[[Arrival], bool]] = {
    "release": inbox.release,
    "discard": inbox.discard,
    "try_again": inbox.try_again,
}


class ArrivalOut(Schema):
    """`state`: stored (not understood yet), understood, refused, held (in quarantine), discarded. `sender`: the address
    in From. `refusal` names why it is no message, `explanation` says more. `message`: what became of it."""

    id: Id
    state: str
    channel: str
    via: str
    sender: str
    envelope_from: str
    envelope_to: str
    mail_id: str
    refusal: str
    explanation: str
    arrived_at: datetime
    message: Id | None

    @staticmethod
    def resolve_message(arrival: Any) -> str | None:
        return arrival.message_id and str(arrival.message_id)


class Filters(Asked):
    state: Literal["", "stored", "understood", "refused", "held", "discarded"] = ""
    sender: Line = Field("", description="An address.")


class Choice(Schema):
    choice: Literal["release", "discard", "try_again"] = Field(
        description="Out of the quarantine, into its conversation; out of it for good; or once more, what was refused."
    )


@router.get(
    "/mails", auth=may_administer, response=Page[ArrivalOut], summary="List mails as they came, the newest first"
)
def mails(request: HttpRequest, asked: Query[Filters]) -> dict[str, Any]:
    wanted = {"state": asked.state, "sender": asked.sender.lower()}
    rows = Arrival.objects.filter(**{name: value for name, value in wanted.items() if value})
    return page(rows, asked, by=("-id",))


@router.get("/mails/{id}", auth=may_administer, response=ArrivalOut, summary="Show a mail that came in")
def mail(request: HttpRequest, id: str) -> Arrival:  # noqa: A002
    return found(Arrival.objects.all(), id)


@router.get(
    "/mails/{id}/original", auth=may_administer, openapi_extra=bytes_of("message/rfc822"), summary="A mail as it came"
)
def original(request: HttpRequest, id: str) -> HttpResponse:  # noqa: A002
    arrival = found(Arrival.objects.all(), id)
    return as_it_came(arrival, name=str(arrival.pk))


@router.put("/mails/{id}/state", auth=may_administer, response={204: None}, summary="Say what becomes of a mail")
def decide(request: HttpRequest, id: str, said: Choice) -> Status[None]:  # noqa: A002
    if not CHOICES[said.choice](found(Arrival.objects.all(), id)):
        raise Problem(409, "This can't be done with a mail in its state.")
    return Status(204, None)
