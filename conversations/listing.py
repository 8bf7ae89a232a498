"""What a member asked to see of the inbox, and the page of conversations that answers it."""

import json
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from django import forms
from django.http import QueryDict
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _

from accounts.models import Member
from campaigns.models import Campaign
from conversations.models import Conversation, Mention
from conversations.queries import ConversationQuerySet
from people.keyset import Keyset, moment

PAGE = 30
VIEWS = {
    "mine": _("My leads"),
    "unassigned": _("Unassigned"),
    "everyone": _("Everyone"),
    "mentions": _("Mentions"),
    "snoozed": _("Snoozed"),
    "undelivered": _("Undelivered"),
}
SORTS = {"newest": _("Newest"), "waiting": _("Waiting longest"), "score": _("Highest score")}

NEWEST = Keyset("last_message_at", is_descending=True, read=moment)
LONGEST_WAIT = Keyset("waiting_since", is_descending=False, read=moment)
BEST = Keyset("person__score", is_descending=True, read=int)
# Each order is one or more stretches of the list, one after the other: who doesn't wait comes after who does.
STRETCHES: dict[str, list[tuple[Keyset, dict[str, bool]]]] = {
    "newest": [(NEWEST, {})],
    "waiting": [(LONGEST_WAIT, {"waiting_since__isnull": False}), (NEWEST, {"waiting_since__isnull": True})],
    "score": [(BEST, {})],
}


class Filters(forms.Form):
    """The filters of an address. What can't be read is as if it weren't there."""

    campaign = forms.UUIDField(required=False)
    temperature = forms.SlugField(required=False)
    tag = forms.UUIDField(required=False)
    member = forms.UUIDField(required=False)
    state = forms.ChoiceField(choices=[("open", ""), ("ended", "")], required=False)
    sort = forms.ChoiceField(choices=list(SORTS.items()), required=False)
    q = forms.CharField(required=False, max_length=200)

    @classmethod
    def read(cls, query: QueryDict) -> dict[str, Any]:
        form = cls(query.dict() | {"q": query.get("q", "").replace("\x00", "")[:200]})
        form.is_valid()
        return {name: value for name, value in form.cleaned_data.items() if value}


@dataclass(frozen=True)
class Page:
    """Some conversations, each with `is_unread`, and the cursor of the page after; empty at the end."""

    conversations: list[Conversation]
    next: str


class Listing:
    """One view of the inbox with its filters and its order."""

    def __init__(self, member: Member, view: str, query: QueryDict) -> None:
        self.member, self.view = member, view
        self.filters = Filters.read(query)
        self.sort = self.filters.get("sort", "newest")
        self.q = self.filters.get("q", "")

    @cached_property
    def campaign(self) -> Campaign | None:
        if pk := self.filters.get("campaign"):
            return Campaign.objects.visible_to(self.member).filter(pk=pk).first()
        return None

    @property
    def title(self) -> str:
        return self.campaign.name if self.campaign and self.view == "everyone" else str(VIEWS[self.view])

    @property
    def sort_name(self) -> str:
        return str(SORTS[self.sort])

    @property
    def state(self) -> str:
        return self.filters.get("state", "open")

    def url(self, **changes: str) -> str:
        """The address of this listing, with some filters changed; an empty value takes one away."""
        filters = {name: str(value) for name, value in (self.filters | changes).items() if value}
        return reverse("inbox", args=[self.view]) + (f"?{urlencode(filters)}" if filters else "")

    @property
    def values(self) -> str:
        """JSON of view and filters: what a conversation's address carries, so that the list beside it stays."""
        return json.dumps({"view": self.view} | {name: str(value) for name, value in self.filters.items()})

    def page(self, cursor: str = "", size: int = PAGE) -> Page:
        """The conversations after the cursor, in order: one query, and one more where a stretch ends in between."""
        stretches = STRETCHES[self.sort]
        place, _tilde, edge = cursor.partition("~")
        start = int(place) if place in {"0", "1"} else 0
        found: list[Conversation] = []
        for keyset, narrowing in stretches[start:]:
            rows = keyset.sorted(self.conversations().filter(**narrowing))
            found += (keyset.after(rows, edge) if edge else rows)[: size + 1 - len(found)]
            if len(found) > size:
                return Page(found[:size], self._cursor(found[size - 1]))
            edge = ""
        return Page(found, "")

    def _cursor(self, last: Conversation) -> str:
        stretches = STRETCHES[self.sort]
        place = 1 if len(stretches) > 1 and last.waiting_since is None else 0
        return f"{place}~{stretches[place][0].cursor(last)}"

    def conversations(self) -> ConversationQuerySet:
        """All that this listing holds, unordered."""
        return (
            self._filtered(self._in_view())
            .with_reading_of(self.member)
            .select_related("person__temperature", "campaign", "owner__user")
        )

    def _in_view(self) -> ConversationQuerySet:
        conversations, now = Conversation.objects.all(), timezone.now()
        visible = conversations.visible_to(self.member)
        in_state = visible.filter(state=self.state)
        match self.view:
            case "mine":  # what one owns is visible, and the index begins with the owner
                mine = conversations.owned_by(self.member).filter(state=self.state)
                return mine if self.q else mine.awake(now)
            case "unassigned":
                return in_state.unassigned()
            case "mentions":
                return visible.filter(pk__in=Mention.objects.filter(member=self.member).values("conversation"))
            case "snoozed":
                return visible.open().snoozed(now)
            case "undelivered":
                return visible.undelivered()
        return in_state

    def _filtered(self, conversations: ConversationQuerySet) -> ConversationQuerySet:
        filters = self.filters
        if "campaign" in filters:
            conversations = conversations.filter(campaign=filters["campaign"])
        if "temperature" in filters:
            conversations = conversations.of_temperature(filters["temperature"])
        if "tag" in filters:
            conversations = conversations.filter(person__tags=filters["tag"])
        if "member" in filters:
            conversations = conversations.filter(owner=filters["member"])
        return conversations
