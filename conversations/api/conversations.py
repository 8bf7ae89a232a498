from typing import Annotated, Any, Literal

from django.http import HttpRequest
from ninja import Field, Query, Router, Schema, Status

from accounts.api.input import Email, Line, Text, found, named, staff_member
from accounts.api.lists import Page
from accounts.api.tokens import may_read, may_write
from campaigns.models import Campaign
from conversations.api.applications import ApplicantIn
from conversations.api.output import ConversationOut, conversations_to_show
from conversations.by_hand import add_by_hand
from conversations.models import Conversation
from conversations.queries import ConversationQuerySet
from conversations.search import matching
from conversations.speaking import LONGEST_TEXT
from people.api_lists import Ordered, page_in_order

router = Router(tags=["conversations"])


class Filters(Ordered):
    owner: Line = Field("", description="A member's email address, or “nobody”.")
    campaign: Line = Field("", description="A campaign's slug.")
    state: Literal["", "open", "ended"] = ""
    temperature: Line = Field("", description="A temperature's slug.")
    min_score: int | None = Field(None, ge=-(2**31), lt=2**31, description="The lowest score to show.")
    max_score: int | None = Field(None, ge=-(2**31), lt=2**31, description="The highest score to show.")
    waiting: bool | None = Field(None, description="Whether the person waits for an answer.")
    q: Line = Field("", description="Words of a name or a message.")

    def narrow(self, rows: ConversationQuerySet) -> ConversationQuerySet:
        if self.owner == "nobody":
            rows = rows.unassigned()
        elif self.owner:
            rows = rows.filter(owner__user__email=self.owner.lower())
        if self.campaign:
            rows = rows.filter(campaign__slug=self.campaign)
        if self.state:
            rows = rows.filter(state=self.state)
        if self.temperature:
            rows = rows.of_temperature(self.temperature)
        if self.min_score is not None:
            rows = rows.scored(self.min_score)
        if self.max_score is not None:
            rows = rows.filter(person__scored__total__lte=self.max_score)
        if self.waiting is not None:
            rows = rows.filter(waiting_since__isnull=not self.waiting)
        return matching(rows, self.q) if self.q else rows


@router.get("/conversations", auth=may_read, response=Page[ConversationOut], summary="List conversations")
def conversations(request: HttpRequest, asked: Query[Filters]) -> dict[str, Any]:
    return page_in_order(asked.narrow(conversations_to_show()), asked, person="person__")


class AddedIn(Schema):
    """Somebody a member knows of: found again by address, else made; and the first words to them, if any."""

    person: ApplicantIn
    author: Email = Field(description="The address of the member whose lead it is to be.")
    campaign: Line = Field("", description="A campaign's slug.")
    text: Annotated[Text, Field(max_length=LONGEST_TEXT)] = ""


@router.post("/conversations", auth=may_write, response={201: ConversationOut}, summary="Add a person by hand")
def add(request: HttpRequest, asked: AddedIn) -> Status[Conversation]:
    """Opens their conversation, or finds the open one, and writes to them as if they had applied."""
    author = staff_member(asked.author, field="author")
    campaign = (
        named(Campaign.objects.filter(state="open"), asked.campaign, field="campaign") if asked.campaign else None
    )
    added = add_by_hand(asked.person.applicant(), by=author, campaign=campaign, text=asked.text)
    return Status(201, found(conversations_to_show(), str(added.conversation.pk)))


@router.get("/conversations/{id}", auth=may_read, response=ConversationOut, summary="Show a conversation")
def conversation(request: HttpRequest, id: str) -> Conversation:  # noqa: A002
    return found(conversations_to_show(), id)
