"""Rejecting: the candidate can't write any more, the organization can."""

from django.http import HttpRequest
from ninja import Field, Query, Router, Schema

from accounts.api.input import Email, found, staff_member
from accounts.api.tokens import may_write
from conversations.api.output import ConversationOut, conversations_to_show
from conversations.models import Conversation

router = Router(tags=["conversations"])


class Author(Schema):
    author: Email = Field(description="The address of the member in whose name it is done.")


@router.put("/conversations/{id}/rejection", auth=may_write, response=ConversationOut, summary="Reject the application")
def reject(request: HttpRequest, id: str, said: Author) -> Conversation:  # noqa: A002
    """Nothing is sent by it. Doing it again changes nothing."""
    conversation = found(conversations_to_show(), id)
    conversation.reject(by=staff_member(said.author, field="author"))
    return found(conversations_to_show(), id)


@router.delete(
    "/conversations/{id}/rejection", auth=may_write, response=ConversationOut, summary="Take a rejection back"
)
def take_back(request: HttpRequest, id: str, said: Query[Author]) -> Conversation:  # noqa: A002
    conversation = found(conversations_to_show(), id)
    conversation.undo_rejection(by=staff_member(said.author, field="author"))
    return found(conversations_to_show(), id)
