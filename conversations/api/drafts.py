"""What a member has typed and not sent."""

from datetime import datetime
from typing import Annotated, Any

from django.http import HttpRequest
from ninja import Field, Query, Router, Schema, Status

from accounts.api.input import Email, Text, found, staff_member
from accounts.api.tokens import may_read, may_write
from conversations.drafting import draft_of, keep_draft
from conversations.models import Conversation, Draft
from conversations.speaking import LONGEST_TEXT

router = Router(tags=["conversations"])


class Author(Schema):
    author: Email = Field(description="The address of the member whose draft it is.")


class DraftIn(Author):
    """An empty text lets the draft go."""

    text: Annotated[Text, Field(max_length=LONGEST_TEXT)]
    note: bool = False


class DraftOut(Schema):
    """`updated_at` is null where nothing is kept."""

    text: str
    note: bool
    updated_at: datetime | None

    @staticmethod
    def resolve_note(draft: Any) -> bool:
        return draft.is_note


@router.get("/conversations/{id}/draft", auth=may_read, response=DraftOut, summary="Show a member's draft")
def draft(request: HttpRequest, id: str, asked: Query[Author]) -> Draft:  # noqa: A002
    return draft_of(found(Conversation.objects.all(), id), staff_member(asked.author, field="author"))


@router.put("/conversations/{id}/draft", auth=may_write, response={204: None}, summary="Keep a member's draft")
def keep(request: HttpRequest, id: str, said: DraftIn) -> Status[None]:  # noqa: A002
    """As if it had been typed in the composer, where it is found again."""
    conversation = found(Conversation.objects.all(), id)
    keep_draft(conversation, staff_member(said.author, field="author"), said.text, is_note=said.note)
    return Status(204, None)
