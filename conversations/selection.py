"""Which conversations of a list were selected: one by one, or all that match its filters."""

from collections.abc import Mapping
from dataclasses import dataclass
from uuid import UUID

from django.http import QueryDict
from django.utils.translation import gettext as _

from accounts.models import Member
from conversations.listing import VIEWS, Listing
from conversations.models import Conversation
from conversations.refusals import Refused

MOST = 10_000


class NothingSelected(Refused):
    def __init__(self) -> None:
        super().__init__(_("Select a conversation first."))


class TooManySelected(Refused):
    def __init__(self) -> None:
        values = {"most": f"{MOST:,}".replace(",", " ")}
        super().__init__(_("Up to %(most)s conversations can be changed at once. Narrow the list first.") % values)


@dataclass(frozen=True)
class Selection:
    """`listing` is asked where `is_all`; otherwise the ids are."""

    member: Member
    listing: Listing
    chosen: frozenset[UUID]
    is_all: bool

    @classmethod
    def read(cls, member: Member, posted: Mapping[str, str]) -> "Selection":
        """As the form of the list's bar says it: `listing` (its query), `all`, `conversations` (ids with commas)."""
        query = QueryDict(posted.get("listing", "").replace("\x00", "")[:2000])
        view = query.get("view", "")
        listing = Listing(member, view if view in VIEWS else "mine", query)
        return cls(member, listing, frozenset(_ids(posted.get("conversations", ""))), posted.get("all") == "yes")

    def ids(self) -> list[UUID]:
        """The conversations the member sees among them. Raises NothingSelected, TooManySelected."""
        rows = self.listing.conversations() if self.is_all else Conversation.objects.visible_to(self.member)
        if not self.is_all:
            rows = rows.filter(pk__in=self.chosen)
        found = list(rows.order_by("pk").values_list("pk", flat=True)[: MOST + 1])
        if not found:
            raise NothingSelected
        if len(found) > MOST:
            raise TooManySelected
        return found


def how_many(listing: Listing) -> int:
    """How many conversations match a listing, counted up to one more than can be changed at once."""
    return listing.conversations().order_by().values("pk")[: MOST + 1].count()


def _ids(text: str) -> list[UUID]:
    found = []
    for part in text.split(",")[:MOST]:
        try:
            found.append(UUID(part))
        except ValueError:
            continue
    return found
