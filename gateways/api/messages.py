"""What became of a message that went out: its attempts, another one by hand, and taking it back."""

from datetime import datetime
from typing import Any, Literal

from django.http import HttpRequest
from ninja import Field, Query, Router, Schema, Status

from accounts.api.input import Email, Id, found, staff_member
from accounts.api.problems import Problem
from accounts.api.tokens import may_read, may_write
from conversations.models import Message
from gateways import outbox
from gateways.models import Attempt
from gateways.placing import CHOICES

router = Router(tags=["conversations"])
OF_A_STRANGER = ("conversation__person", "event")


class AttemptOut(Schema):
    """One try at bringing a message to the person; `answer` is what the server said last."""

    id: Id
    channel: str
    address: str
    state: str
    answer: str
    tries: int
    due_at: datetime
    sent_at: datetime | None
    delivered_at: datetime | None
    opened_at: datetime | None


class Author(Schema):
    author: Email = Field(description="The address of the member who wrote it, or in whose name it is done.")


class Sender(Author):
    choice: Literal["theirs", "contact", "discard"] = Field(
        description="A second address of the person's; a new contact; or to be taken away, the reply address renewed."
    )


@router.put("/messages/{id}/sender", auth=may_write, response={204: None}, summary="Say who a stranger is")
def say_who(request: HttpRequest, id: str, said: Sender) -> Status[None]:  # noqa: A002
    """Of a message with a `doubt`: somebody else wrote to the conversation, or somebody in the person's name."""
    message = found(Message.objects.filter(kind=Message.Kind.INBOUND).select_related(*OF_A_STRANGER), id)
    if not message.doubt:
        raise Problem(409, "Nobody doubts who wrote this message.")
    CHOICES[said.choice](message, by=staff_member(said.author, field="author"))
    return Status(204, None)


@router.get("/messages/{id}/attempts", auth=may_read, response=list[AttemptOut], summary="List a message's attempts")
def attempts(request: HttpRequest, id: str) -> Any:  # noqa: A002
    return Attempt.objects.filter(message=found(Message.objects.all(), id)).order_by("pk")


@router.post(
    "/messages/{id}/attempts", auth=may_write, response={201: AttemptOut}, summary="Try a failed message again"
)
def try_again(request: HttpRequest, id: str) -> Status[Attempt]:  # noqa: A002
    message = found(Message.objects.select_related("conversation__person"), id)
    if not outbox.try_again(message):
        raise Problem(409, "Only a message that failed is tried again.")
    return Status(201, Attempt.objects.filter(message=message).latest("pk"))


@router.delete("/messages/{id}", auth=may_write, response={204: None}, summary="Take back a message that hasn't left")
def take_back(request: HttpRequest, id: str, asked: Query[Author]) -> Status[None]:  # noqa: A002
    """A message that was written with `hold_seconds`, as long as they last."""
    author = staff_member(asked.author, field="author")
    message = found(Message.objects.filter(kind=Message.Kind.OUTBOUND).select_related("conversation", "event"), id)
    outbox.take_back(message, by=author)
    return Status(204, None)
