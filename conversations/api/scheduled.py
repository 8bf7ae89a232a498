"""Messages to be sent later."""

from datetime import datetime
from typing import Annotated, Any

from django.db.models import QuerySet
from django.http import HttpRequest
from ninja import Field, Query, Router, Schema, Status
from pydantic import AwareDatetime

from accounts.api.input import Email, Id, Line, MemberOut, Text, found, staff_member
from accounts.api.lists import Asked, Page, page
from accounts.api.tokens import may_read, may_write
from conversations import scheduling
from conversations.api.applications import FileIn
from conversations.attaching import MOST_FILES
from conversations.models import Conversation, ScheduledReply
from conversations.speaking import LONGEST_TEXT

router = Router(tags=["conversations"])


class ChangeIn(Schema):
    text: Annotated[Text, Field(max_length=LONGEST_TEXT)] = ""
    send_at: AwareDatetime = Field(description="With its offset; within the year to come.")


class ScheduledIn(ChangeIn):
    """What a member will say to the person, and when: a text, files, or both."""

    author: Email = Field(description="The address of the member in whose name it is said.")
    seen: Annotated[int, Field(ge=0, lt=2**31)] | None = Field(
        None,
        description="The `number` of the latest message its author has seen; 409 when a colleague wrote since. One who "
        "writes before its time has come holds it back.",
    )
    files: Annotated[list[FileIn], Field(max_length=MOST_FILES)] = []


class ScheduledFileOut(Schema):
    name: str
    size: int


class ScheduledOut(Schema):
    """`refusal`: why it didn't leave when its time had come; empty while it waits."""

    id: Id
    conversation: Id
    text: str
    author: MemberOut
    send_at: datetime
    refusal: str
    files: list[ScheduledFileOut]

    @staticmethod
    def resolve_conversation(planned: Any) -> str:
        return str(planned.conversation_id)

    @staticmethod
    def resolve_files(planned: Any) -> list[Any]:
        return list(planned.files.all())


class Filters(Asked):
    author: Line = Field("", description="A member's email address.")
    conversation: Line = Field("", description="A conversation's id.")


def scheduled_to_show() -> QuerySet[ScheduledReply]:
    return ScheduledReply.objects.select_related("author__user", "conversation").prefetch_related("files")


@router.get("/scheduled", auth=may_read, response=Page[ScheduledOut], summary="List messages to be sent later")
def scheduled(request: HttpRequest, asked: Query[Filters]) -> dict[str, Any]:
    rows = scheduled_to_show()
    if asked.author:
        rows = rows.filter(author__user__email=asked.author.lower())
    if asked.conversation:
        rows = rows.filter(conversation=found(Conversation.objects.all(), asked.conversation))
    return page(rows, asked, by=("-id",))


@router.post(
    "/conversations/{id}/scheduled", auth=may_write, response={201: ScheduledOut}, summary="Send a message later"
)
def schedule(request: HttpRequest, id: str, said: ScheduledIn) -> Status[ScheduledReply]:  # noqa: A002
    conversation = found(Conversation.objects.all(), id)
    author = staff_member(said.author, field="author")
    files = [file.upload(f"files.{place}") for place, file in enumerate(said.files)]
    facts: dict[str, Any] = {"send_at": said.send_at, "files": files, "seen_number": said.seen}
    return Status(201, scheduling.schedule(conversation, said.text, by=author, **facts))


@router.put("/scheduled/{id}", auth=may_write, response=ScheduledOut, summary="Change a message to be sent later")
def change(request: HttpRequest, id: str, said: ChangeIn) -> ScheduledReply:  # noqa: A002
    planned = found(scheduled_to_show(), id)
    scheduling.change(planned, text=said.text, send_at=said.send_at)
    return found(scheduled_to_show(), id)


@router.delete("/scheduled/{id}", auth=may_write, response={204: None}, summary="Call off a message to be sent later")
def call_off(request: HttpRequest, id: str) -> Status[None]:  # noqa: A002
    scheduling.call_off(found(scheduled_to_show(), id))
    return Status(204, None)
