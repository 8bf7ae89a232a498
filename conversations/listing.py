"""What a member asked to see of the inbox, and the page of conversations that answers it."""

import json
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from django.db.models import F
from django.http import QueryDict
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _

from accounts.models import Member
from campaigns.models import Campaign
from conversations.filters import SORTS, SORTS_OF_VIEW, STATES, Filters
from conversations.models import Conversation, Mention, SavedView
from conversations.queries import ConversationQuerySet
from conversations.search import matching, with_snippets
from people.keyset import Keyset, Stretch, by_score, moment, page_of
from people.models import Tag, Temperature
from people.templatetags.points import minus

PAGE = 30
VIEWS = {
    "mine": _("My leads"),
    "unassigned": _("Unassigned"),
    "everyone": _("Everyone"),
    "mentions": _("Mentions"),
    "snoozed": _("Snoozed"),
    "undelivered": _("Undelivered"),
}
NOTHING = {
    "mine": _("Nobody is assigned to you now."),
    "unassigned": _("Every lead has somebody."),
    "everyone": _("No conversation is open. The first one comes when somebody applies, or when you add a person."),
    "mentions": _("Nobody has named you with @ in a note yet."),
    "snoozed": _("Nothing is snoozed."),
    "undelivered": _("Every conversation that was worked on has been delivered."),
}

NEWEST = Keyset("last_message_at", is_descending=True, read=moment)
LONGEST_WAIT = Keyset("waiting_since", is_descending=False, read=moment)
OLDEST = Keyset("undelivered_since", is_descending=False, read=moment)
BY_SCORE = by_score(NEWEST, person="person__")
# Each order is one or more stretches of the list, one after the other: who doesn't wait comes after who does.
STRETCHES: dict[str, list[Stretch]] = {
    "newest": [(NEWEST, {})],
    "waiting": [(LONGEST_WAIT, {"waiting_since__isnull": False}), (NEWEST, {"waiting_since__isnull": True})],
    "score": BY_SCORE,
    "oldest": [(OLDEST, {})],
}


def hot_and_waiting() -> list[Stretch]:
    """Who waits, the hottest first and of those the longest waiting; then who doesn't wait, by score."""
    keys = [*Temperature.objects.values_list("pk", flat=True), None]
    waiting = [(LONGEST_WAIT, {"person__scored__temperature": key, "waiting_since__isnull": False}) for key in keys]
    others = [(keyset, narrowing | {"waiting_since__isnull": True}) for keyset, narrowing in BY_SCORE]
    return [*waiting, *others]


@dataclass(frozen=True)
class Chosen:
    """A filter in force: its value in words, and the address without it."""

    name: str
    value: str
    without: str


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
        asked = self.filters.get("sort", "")
        self.sort = asked if asked in self.sorts else next(iter(self.sorts))
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
        return str(self.sorts[self.sort])

    @property
    def sorts(self) -> dict[str, Any]:
        """The orders of this view, its own first."""
        return SORTS_OF_VIEW.get(self.view, {}) | SORTS

    @property
    def is_narrowed(self) -> bool:
        """Whether filters beside the view's own keep conversations away."""
        return bool(self.filters.keys() - {"sort"})

    @property
    def hidden(self) -> dict[str, str]:
        """The filters that have no field in sight."""
        return {name: str(value) for name, value in self.filters.items() if name not in {"q", "sort"}}

    @property
    def takes(self) -> str:
        """Which new conversations the browser may count as belonging here; empty where only a query can tell."""
        if self.view not in {"mine", "unassigned", "everyone"} or self.filters.keys() - {"sort", "campaign"}:
            return ""
        return self.view

    @property
    def nothing(self) -> str:
        """Why there is nothing to show."""
        if self.q:
            return str(_("Nothing was found for “%(words)s”.") % {"words": self.q})
        return str(_("No conversation fits these filters.") if self.is_narrowed else NOTHING[self.view])

    @property
    def state(self) -> str:
        return self.filters.get("state", "open")

    def url(self, **changes: str) -> str:
        """The address of this listing, with some filters changed; an empty value takes one away."""
        filters = {name: str(value) for name, value in (self.filters | changes).items() if value or value == 0}
        return reverse("inbox", args=[self.view]) + (f"?{urlencode(filters)}" if filters else "")

    @property
    def query(self) -> str:
        """View and filters as a query, from which `Selection` makes the same listing again."""
        return urlencode({"view": self.view} | {name: str(value) for name, value in self.filters.items()})

    @cached_property
    def saved(self) -> "SavedView | None":
        """The saved view that this is, the member's own first."""
        found = SavedView.objects.visible_to(self.member).filter(query=self.query)
        return min(found, key=lambda view: view.member_id != self.member.pk, default=None)

    @property
    def in_words(self) -> str:
        """The view, its filters and its order."""
        return " · ".join([self.title, *(chosen.value for chosen in self.chosen), self.q, self.sort_name]).replace(
            " ·  ·", " ·"
        )

    @property
    def selection_url(self) -> str:
        """Where the bar comes from that selects in this listing."""
        return reverse("inbox_selection", args=[self.view]) + "?" + self.query

    @property
    def values(self) -> str:
        """JSON of view and filters: what a conversation's address carries, so that the list beside it stays."""
        return json.dumps({"view": self.view} | {name: str(value) for name, value in self.filters.items()})

    @cached_property
    def chosen(self) -> list["Chosen"]:
        """The filters in force, in words."""
        names = {
            "campaign": lambda: self.campaign.name if self.campaign else "",
            "temperature": lambda: Temperature.objects.filter(slug=self.filters["temperature"]).first(),
            "score": lambda: _("Score from %(score)s") % {"score": minus(self.filters["score"])},
            "tag": lambda: Tag.objects.filter(pk=self.filters["tag"]).first(),
            "member": lambda: Member.objects.filter(pk=self.filters["member"]).select_related("user").first(),
            "state": lambda: STATES[self.filters["state"]],
        }
        return [
            Chosen(name, str(names[name]() or _("unknown")), self.url(**{name: ""}))
            for name in names
            if name in self.filters
        ]

    def page(self, cursor: str = "", size: int = PAGE) -> Page:
        """The conversations after the cursor, in order."""
        shown, following = page_of(self.conversations(), self.stretches, after=cursor, size=size)
        if self.q:
            with_snippets(self.q, shown)
        return Page(shown, following)

    @cached_property
    def stretches(self) -> list[Stretch]:
        return hot_and_waiting() if self.sort == "hot" else STRETCHES[self.sort]

    def conversations(self) -> ConversationQuerySet:
        """All that this listing holds, unordered."""
        rows = self._filtered(self._in_view()).with_reading_of(self.member).for_list()
        return rows.annotate(undelivered_since=F("leg__started_at")) if self.view == "undelivered" else rows

    def _in_view(self) -> ConversationQuerySet:
        visible = Conversation.objects.visible_to(self.member)
        return matching(visible, self.q) if self.q else IN_VIEW[self.view](visible, self)

    def _filtered(self, conversations: ConversationQuerySet) -> ConversationQuerySet:
        filters = self.filters
        if self.member.chosen_workspace:
            conversations = conversations.in_workspace(self.member.chosen_workspace)
        if "campaign" in filters:
            conversations = conversations.filter(campaign=filters["campaign"])
        if "temperature" in filters:
            conversations = conversations.of_temperature(filters["temperature"])
        if "score" in filters:
            conversations = conversations.scored(filters["score"])
        if "tag" in filters:
            conversations = conversations.filter(person__tags=filters["tag"])
        if "member" in filters:
            conversations = conversations.filter(owner=filters["member"])
        return conversations


# What one owns is visible, and the index of one's own begins with the owner.
IN_VIEW: dict[str, Callable[[ConversationQuerySet, Listing], ConversationQuerySet]] = {
    "mine": lambda visible, asked: (
        Conversation.objects.owned_by(asked.member).filter(state=asked.state).awake(timezone.now())
    ),
    "unassigned": lambda visible, asked: visible.filter(state=asked.state).unassigned(),
    "everyone": lambda visible, asked: visible.filter(state=asked.state),
    "mentions": lambda visible, asked: visible.filter(
        pk__in=Mention.objects.filter(member=asked.member).values("conversation")
    ),
    "snoozed": lambda visible, asked: visible.open().snoozed(timezone.now()),
    "undelivered": lambda visible, asked: visible.undelivered(),
}
