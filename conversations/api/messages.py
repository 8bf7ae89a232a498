from datetime import timedelta
from typing import Annotated, Any

from django.http import HttpRequest
from ninja import Field, Query, Router, Schema, Status

from accounts.api.input import Email, Line, Text, found, staff_member
from accounts.api.lists import Asked, Page, page
from accounts.api.tokens import may_read, may_write
from conversations.api.applications import FileIn
from conversations.api.output import MessageOut, message_to_show
from conversations.attaching import MOST_FILES
from conversations.models import Conversation, Event, Message
from conversations.moving import move
from conversations.speaking import LONGEST_TEXT

router = Router(tags=["conversations"])


class MessageIn(Schema):
    """What a member says to the person, or with `note` to colleagues only: a text, files, or both."""

    text: Annotated[Text, Field(max_length=LONGEST_TEXT)] = ""
    author: Email = Field(description="The address of the member in whose name it is said.")
    note: bool = False
    seen: Annotated[int, Field(ge=0, lt=2**31)] | None = Field(
        None,
        description="The `number` of the latest message its author has seen; 409 when a colleague wrote since. Without "
        "it, 409 when a colleague wrote within the last ten minutes and the author hasn't had that on screen.",
    )
    hold_seconds: Annotated[int, Field(ge=0, le=120)] = Field(
        0, description="For so long it waits before it leaves, and can be taken back."
    )
    files: Annotated[list[FileIn], Field(max_length=MOST_FILES)] = []


@router.get(
    "/conversations/{id}/messages", auth=may_read, response=Page[MessageOut], summary="List messages, oldest first"
)
def messages(request: HttpRequest, id: str, asked: Query[Asked]) -> dict[str, Any]:  # noqa: A002
    conversation = found(Conversation.objects.all(), id)
    said = conversation.events.exclude(message=None).select_related("message__author__user")
    shown = page(said.prefetch_related("message__files"), asked, by=("number",))
    return shown | {"items": [message_in(conversation, event) for event in shown["items"]]}


def message_in(conversation: Conversation, event: Event) -> dict[str, Any]:
    assert event.message
    event.message.conversation = conversation
    return message_to_show(event.message)


@router.post("/conversations/{id}/messages", auth=may_write, response={201: MessageOut}, summary="Write a message")
def write(request: HttpRequest, id: str, said: MessageIn) -> Status[dict[str, Any]]:  # noqa: A002
    conversation = found(Conversation.objects.all(), id)
    author = staff_member(said.author, field="author")
    files = [file.upload(f"files.{place}") for place, file in enumerate(said.files)]
    if said.note:
        return Status(201, message_to_show(conversation.note(said.text, by=author, files=files)))
    hold = timedelta(seconds=said.hold_seconds)
    seen = conversation.taken_as_seen(author) if said.seen is None else said.seen
    message = conversation.reply(said.text, by=author, files=files, seen_number=seen, hold=hold)
    return Status(201, message_to_show(message))


class PlaceIn(Schema):
    """The conversation that the message belongs to, and the member who says so."""

    conversation: Line
    author: Email = Field(description="The address of the member in whose name it is moved.")


@router.put(
    "/messages/{id}/conversation", auth=may_write, response=MessageOut, summary="Move a message to a conversation"
)
def put_elsewhere(request: HttpRequest, id: str, place: PlaceIn) -> dict[str, Any]:  # noqa: A002
    """What its sender writes later to the conversation it was in follows it."""
    message = found(Message.objects.select_related("conversation__person", "event"), id)
    to = found(Conversation.objects.select_related("person"), place.conversation)
    return message_to_show(move(message, to, by=staff_member(place.author, field="author")))
