from typing import Any, Literal

from django.http import HttpRequest
from ninja import Field, Query, Router

from accounts.api.input import Line, found
from accounts.api.lists import Asked, Page, page
from accounts.api.tokens import may_read
from conversations.api.output import ConversationOut, conversations_to_show
from conversations.models import Conversation
from conversations.queries import ConversationQuerySet
from conversations.search import matching

router = Router(tags=["conversations"])


class Filters(Asked):
    owner: Line = Field("", description="A member's email address, or “nobody”.")
    campaign: Line = Field("", description="A campaign's slug.")
    state: Literal["", "open", "ended"] = ""
    temperature: Line = Field("", description="A temperature's slug.")
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
        if self.waiting is not None:
            rows = rows.filter(waiting_since__isnull=not self.waiting)
        return matching(rows, self.q) if self.q else rows


@router.get("/conversations", auth=may_read, response=Page[ConversationOut], summary="List conversations, newest first")
def conversations(request: HttpRequest, asked: Query[Filters]) -> dict[str, Any]:
    return page(asked.narrow(conversations_to_show()), asked, by=("-id",))


@router.get("/conversations/{id}", auth=may_read, response=ConversationOut, summary="Show a conversation")
def conversation(request: HttpRequest, id: str) -> Conversation:  # noqa: A002
    return found(conversations_to_show(), id)
