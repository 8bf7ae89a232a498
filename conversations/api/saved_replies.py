"""Saved replies: kept texts with fields, filled in for one conversation."""

from typing import Annotated, Any

from django.db import IntegrityError, transaction
from django.http import HttpRequest
from ninja import Field, Query, Router, Schema, Status

from accounts.api.input import Email, Id, Language, Line, Text, found, staff_member
from accounts.api.lists import Asked, Page, page
from accounts.api.problems import Problem
from accounts.api.tokens import may_read, may_write
from conversations.models import Conversation, SavedReply
from conversations.saved_replies import replies_for
from conversations.speaking import LONGEST_TEXT

router = Router(tags=["saved replies"])


class SavedReplyIn(Schema):
    """Fields of the text: {name}, {first_name}, {campaign}, {link}, {me}."""

    title: Annotated[Line, Field(min_length=1, max_length=120)]
    language: Language
    text: Annotated[Text, Field(min_length=1, max_length=LONGEST_TEXT)]


class SavedReplyOut(Schema):
    id: Id
    title: str
    language: str
    text: str


class FilledOut(Schema):
    title: str
    language: str
    text: str


class Author(Schema):
    author: Email | None = Field(None, description="The address of the member who writes, {me}; else the owner.")


@router.get("/saved-replies", auth=may_read, response=Page[SavedReplyOut], summary="List saved replies")
def saved_replies(request: HttpRequest, asked: Query[Asked]) -> dict[str, Any]:
    return page(SavedReply.objects.all(), asked, by=("-id",))


@router.post("/saved-replies", auth=may_write, response={201: SavedReplyOut}, summary="Keep a saved reply")
def keep(request: HttpRequest, said: SavedReplyIn) -> Status[SavedReply]:
    return Status(201, _kept(SavedReply(), said))


@router.put("/saved-replies/{id}", auth=may_write, response=SavedReplyOut, summary="Change a saved reply")
def change(request: HttpRequest, id: str, said: SavedReplyIn) -> SavedReply:  # noqa: A002
    return _kept(found(SavedReply.objects.all(), id), said)


@router.delete("/saved-replies/{id}", auth=may_write, response={204: None}, summary="Remove a saved reply")
def remove(request: HttpRequest, id: str) -> Status[None]:  # noqa: A002
    found(SavedReply.objects.all(), id).delete()
    return Status(204, None)


@router.get(
    "/conversations/{id}/saved-replies",
    auth=may_read,
    response=list[FilledOut],
    summary="Saved replies filled in for a conversation, the person's language first",
)
def filled_in(request: HttpRequest, id: str, asked: Query[Author]) -> list[Any]:  # noqa: A002
    conversation = found(Conversation.objects.select_related("person", "campaign", "owner__user"), id)
    me = staff_member(asked.author, field="author") if asked.author else conversation.owner
    return replies_for(conversation, me=me)


def _kept(reply: SavedReply, said: SavedReplyIn) -> SavedReply:
    """Raises Problem: 409 when the title is taken in this language."""
    reply.title, reply.language, reply.text = said.title, said.language, said.text
    try:
        with transaction.atomic():
            reply.save()
    except IntegrityError:
        raise Problem(409, "There is a saved reply with this title in this language.") from None
    return reply
