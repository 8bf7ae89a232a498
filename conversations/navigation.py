"""The rail: where one can go, and what is to be done there."""

from dataclasses import dataclass, field
from urllib.parse import parse_qsl, urlsplit

from django.urls import NoReverseMatch, reverse
from django.utils.translation import gettext as _

from accounts.models import Member
from conversations.counts import MOST, Numbers
from conversations.destinations import Destinations
from conversations.models import SavedView


@dataclass(frozen=True)
class Link:
    title: str
    url: str
    icon: str
    count: int | None = None
    is_due: bool = False

    @property
    def shown_count(self) -> str:
        if not self.count:
            return ""
        return str(self.count) if self.count < MOST else f"{MOST - 1}+"


@dataclass(frozen=True)
class Section:
    title: str
    links: list[Link] = field(default_factory=list)


@dataclass(frozen=True)
class Rail:
    """The sections with their links; `current`: the address of the link that one is at; `is_counted`: with numbers."""

    sections: list[Section]
    current: str
    is_counted: bool


def rail_of(member: Member, address: str, destinations: Destinations, numbers: Numbers | None = None) -> Rail:
    """The rail by what this member may see, for somebody who is at `address`. Without `numbers` it asks nothing of the
    database: they come after the page."""
    sections = sections_of(member, destinations, numbers or Numbers())
    return Rail(sections, _place_of(address, destinations.saved), is_counted=numbers is not None)


def sections_of(member: Member, destinations: Destinations, numbers: Numbers) -> list[Section]:
    if member.is_guest:
        return [Section(_("Inbox"), _links([("received", _("Delivered to me"), "inbox-arrow-down")], numbers.views))]
    return [
        Section(_("Inbox"), _inbox_links(numbers.views)),
        Section(_("Saved views"), [Link(saved.name, saved.url, "bookmark") for saved in destinations.saved]),
        Section(_("Campaigns"), _campaign_links(destinations, numbers)),
        Section(_("Manage"), _links(_pages(member), numbers.views)),
    ]


def _place_of(address: str, saved: list[SavedView]) -> str:
    """A conversation belongs to the view it was opened from, and a view to the saved one that has its filters."""
    parts = urlsplit(address)
    query = dict(parse_qsl(parts.query))
    path = parts.path
    if path.startswith("/conversations/"):
        path = f"/inbox/{query.pop('view', 'mine')}/"
    filters = {name: value for name, value in query.items() if name not in {"before", "filtering"}}
    for view in saved:
        if view.filters == {"view": path.removeprefix("/inbox/").rstrip("/")} | filters:
            return view.url
    return f"{path}?campaign={query['campaign']}" if "campaign" in query else path


def _inbox_links(counts: dict[str, int]) -> list[Link]:
    return _links(
        [
            ("mine", _("My leads"), "inbox"),
            ("unassigned", _("Unassigned"), "user-plus"),
            ("everyone", _("Everyone"), "users"),
            ("mentions", _("Mentions"), "at-symbol"),
            ("received", _("Delivered to me"), "inbox-arrow-down"),
            ("snoozed", _("Snoozed"), "clock"),
            ("undelivered", _("Undelivered"), "archive-box-x-mark"),
        ],
        counts,
    )


def _campaign_links(destinations: Destinations, numbers: Numbers) -> list[Link]:
    everyone = reverse("inbox", args=["everyone"])
    return [
        Link(name, f"{everyone}?campaign={key}", "briefcase", count=numbers.campaigns.get(key))
        for key, name in destinations.campaigns
    ]


def _pages(member: Member) -> list[tuple[str, str, str]]:
    pages = [
        ("scoring:morning", _("Morning list"), "sun"),
        ("people", _("Candidates"), "identification"),
        ("reports:outcomes", _("Reports"), "chart-bar"),
        ("notifications", _("Notifications"), "bell"),
    ]
    if member.sees_everything:
        pages.insert(1, ("assignment:campaigns", _("Campaigns"), "briefcase"))
        pages.append(("gateways:quarantine", _("Quarantine"), "shield-exclamation"))
    return pages + ([("admin:index", _("Settings"), "cog-6-tooth")] if member.is_admin else [])


def _links(named: list[tuple[str, str, str]], counts: dict[str, int]) -> list[Link]:
    return [
        Link(title, url, icon, counts.get(name), is_due=name in {"mine", "notifications", "gateways:quarantine"})
        for name, title, icon in named
        if (url := _url(name))
    ]


def _url(name: str) -> str:
    if name in {"mine", "unassigned", "everyone", "mentions", "snoozed", "undelivered"}:
        return reverse("inbox", args=[name])
    try:
        return reverse("delivery:received" if name == "received" else name)
    except NoReverseMatch:  # an app that isn't part of this installation
        return ""
