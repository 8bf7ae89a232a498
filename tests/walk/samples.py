"""Every address of RecruitChat, with what a test has to know to walk it.

A new address needs a line in SAMPLES: its route as in the urls.py, the methods it takes, who may open it, and the
fields of its form. What stands for `<uuid:pk>` follows from how the route begins (BEGINNINGS).
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from django.urls import URLPattern, URLResolver, get_resolver

PLACE = re.compile(r"<(?:\w+:)?(\w+)>")
BEGINNINGS = {
    "conversations/": "conversation",
    "api/v1/conversations/": "conversation",
    "api/v1/people/": "person",
    "api/v1/deliveries/": "delivery",
    "api/v1/messages/": "mail",
    "api/v1/scheduled/": "scheduled",
    "api/v1/files/": "file",
    "api/v1/mails/": "held",
    "people/": "person",
    "files/": "file",
    "delivered/": "delivery",
    "messages/<uuid:pk>/retry/": "message",
    "messages/<uuid:pk>/taking-back/": "message",
    "messages/": "mail",
    "quarantine/": "held",
    "bulk/": "bulk_run",
    "campaigns/": "campaign_id",
    "saved-views/": "saved_view",
    "notifications/": "notification",
    "appointments/": "appointment",
    "activities/": "activity",
    "scheduled/": "scheduled",
    "c/": "file",
}


@dataclass(frozen=True)
class Sample:
    """`who`: anyone, token, users (whoever is signed in), guests, members, supervisors, admins."""

    methods: str = "GET"
    who: str = "members"
    fields: str = ""
    json: dict[str, Any] = field(default_factory=dict)
    values: dict[str, str] = field(default_factory=dict)
    path: str = ""
    query: dict[str, str] = field(default_factory=dict)


NOBODYS = "018f0000-0000-7000-8000-000000000000"
THEIRS = {"author": "max@contoso.example"}
APPLICATION = {"campaign": "none", "person": {"name": "Lucie", "email": "lucie@mail.example"}}
LATER = {"text": "Later", "send_at": "2026-11-22T10:00:00Z"}
SAVED_REPLY = {"title": "Thanks", "language": "en", "text": "Thank you"}
ASKED = "campaign temperature state sort tag member before view"
DELIVERY = "step application campaign status reason explanation notes rating recipients typed"
PERIOD = "first last by campaign team member source status basis reason rating answer stage pressed before"

SAMPLES = {
    "favicon.ico": Sample(who="anyone"),
    "health/live": Sample(who="anyone"),
    "health/ready": Sample(who="anyone"),
    "metrics": Sample(who="anyone"),
    "api/v1/docs": Sample(),
    "api/v1/openapi.json": Sample(who="anyone"),
    "api/v1/": Sample("", who="anyone"),
    "^api/": Sample("", who="anyone", path="api/v2/anything"),
    "api/v1/applications": Sample("POST", "token", "campaign person source message files", APPLICATION),
    "api/v1/campaigns": Sample("GET", "token", "cursor limit"),
    "api/v1/conversations": Sample(
        "GET POST",
        "token",
        "owner campaign state temperature waiting q cursor limit person author text",
        {"person": {"name": "Olena", "email": "olena@mail.example"}, "author": "max@contoso.example"},
    ),
    "api/v1/conversations/<id>": Sample("GET", "token"),
    "api/v1/conversations/<id>/messages": Sample(
        "GET POST", "token", "text author note cursor limit", {"text": "Hello", "author": "max@contoso.example"}
    ),
    "api/v1/conversations/<id>/assignment": Sample("PUT", "token", "owner", {"owner": None}),
    "api/v1/conversations/<id>/deliveries": Sample(
        "POST",
        "token",
        "status application campaign reason explanation notes rating recipients author",
        {"status": "spam", "notes": "Spam", "author": "max@contoso.example"},
    ),
    "api/v1/messages/<id>/conversation": Sample(
        "PUT", "token", "conversation author", {"conversation": NOBODYS, "author": "max@contoso.example"}
    ),
    "api/v1/messages/<id>": Sample("DELETE", "token", "author", values={"id": NOBODYS}, query=THEIRS),
    "api/v1/messages/<id>/attempts": Sample("GET POST", "token"),
    "api/v1/messages/<id>/sender": Sample(
        "PUT", "token", "choice author", {"choice": "theirs", "author": "max@contoso.example"}
    ),
    "api/v1/conversations/<id>/draft": Sample(
        "GET PUT", "token", "text note author", THEIRS | {"text": "x"}, query={"author": "jana@northwind.example"}
    ),
    "api/v1/files/<id>": Sample("GET", "token"),
    "api/v1/mails": Sample("GET", "token", "state sender cursor limit"),
    "api/v1/mails/<id>": Sample("GET", "token"),
    "api/v1/mails/<id>/original": Sample("GET", "token"),
    "api/v1/mails/<id>/state": Sample("PUT", "token", "choice", {"choice": "release"}),
    "api/v1/scheduled": Sample("GET", "token", "author conversation cursor limit"),
    "api/v1/scheduled/<id>": Sample("PUT DELETE", "token", "text send_at", LATER),
    "api/v1/conversations/<id>/scheduled": Sample(
        "POST", "token", "text author send_at", LATER | {"author": "max@contoso.example"}
    ),
    "api/v1/conversations/<id>/rejection": Sample("PUT DELETE", "token", "author", THEIRS, query=THEIRS),
    "api/v1/conversations/<id>/saved-replies": Sample("GET", "token", "author"),
    "api/v1/saved-replies": Sample("GET POST", "token", "title language text cursor limit", SAVED_REPLY),
    "api/v1/saved-replies/<id>": Sample("PUT DELETE", "token", "title language text", SAVED_REPLY, {"id": NOBODYS}),
    "api/v1/deliveries/<id>": Sample("GET DELETE", "token", "author", query=THEIRS),
    "api/v1/deliveries": Sample("GET", "token", "status source campaign team author withdrawn from to cursor limit"),
    "api/v1/activities": Sample(
        "POST", "token", "person kind at key", {"person": "x", "kind": "call", "at": "", "key": "1"}
    ),
    "api/v1/people": Sample("GET", "token", "kind temperature min_score max_score cursor limit"),
    "api/v1/conversations/<id>/assignments": Sample("GET", "token", "cursor limit"),
    "api/v1/availability": Sample("GET", "token", "cursor limit"),
    "api/v1/availability/<email>": Sample(
        "PUT", "token", "availability until", {"availability": "away"}, values={"email": "jana@northwind.example"}
    ),
    "api/v1/campaigns/<slug>/permissions": Sample(
        "GET PUT",
        "token",
        "access auto_assign version",
        {"access": [], "auto_assign": [], "version": 0},
        values={"slug": "support-agents-brno"},
    ),
    "api/v1/people/<id>": Sample("GET", "token"),
    "": Sample(who="guests"),
    "inbox/<slug:view>/": Sample(fields=ASKED, values={"view": "everyone"}),
    "conversations/<uuid:pk>/": Sample(fields=ASKED),
    "conversations/<uuid:pk>/events/": Sample(fields="after before"),
    "conversations/<uuid:pk>/messages/": Sample("POST", fields="text kind client_id seen_number mentions files"),
    "conversations/<uuid:pk>/draft/": Sample("GET POST", fields="text is_note"),
    "conversations/<uuid:pk>/reading/": Sample("POST", fields="number"),
    "conversations/<uuid:pk>/snooze/": Sample("GET POST DELETE", fields="until"),
    "conversations/<uuid:pk>/appointment/": Sample("GET POST", fields="title starts_at time_zone minutes place"),
    "conversations/<uuid:pk>/appointments/": Sample(),
    "appointments/<uuid:pk>/": Sample("GET POST", fields="what title starts_at time_zone minutes place"),
    "conversations/<uuid:pk>/rejection/": Sample("GET POST DELETE"),
    "conversations/<uuid:pk>/leg/": Sample("POST"),
    "conversations/<uuid:pk>/colleagues/": Sample(),
    "conversations/<uuid:pk>/saved-replies/": Sample(fields="q"),
    "files/<uuid:pk>/<str:name>": Sample(who="guests", values={"name": "CV.pdf"}),
    "inbox/<slug:view>/filters/": Sample(fields=ASKED, values={"view": "mine"}),
    "me/availability/": Sample("POST", fields="availability until"),
    "me/organization/": Sample("POST", "guests", "organization next"),
    "me/workspace/": Sample("POST", fields="workspace"),
    "me/language/": Sample("POST", "guests", "language next"),
    "inbox/<slug:view>/selection/": Sample(fields=ASKED, values={"view": "mine"}),
    "inbox/<slug:view>/saved/": Sample("GET POST", fields=ASKED + " name team", values={"view": "mine"}),
    "saved-views/<uuid:pk>/": Sample("DELETE"),
    "campaigns/": Sample(who="supervisors"),
    "campaigns/<uuid:pk>/": Sample(who="supervisors", fields="days"),
    "campaigns/<uuid:pk>/queue/": Sample("POST", "supervisors"),
    "campaigns/<uuid:pk>/permissions/": Sample("GET POST", "admins", "access auto seen version"),
    "me/hours/": Sample("GET POST", fields="day_0 day_6 days_off"),
    "hours/": Sample("GET POST", "admins", "day_0 day_6 days_off"),
    "bulk/<uuid:pk>/": Sample("GET DELETE"),
    "assignment/bulk/": Sample("GET POST", fields="listing conversations all count member"),
    "go/": Sample(),
    "go/found/": Sample(fields="q"),
    "shortcuts/": Sample(),
    "people/": Sample(fields="q status tag temperature sort before kind"),
    "people/<uuid:pk>/": Sample(),
    "people/<uuid:pk>/facts/": Sample("POST", fields="name language status time_zone kind"),
    "people/<uuid:pk>/addresses/": Sample("POST", fields="email phone address number"),
    "people/<uuid:pk>/addresses/<int:address>/": Sample("POST", values={"address": "1"}),
    "people/<uuid:pk>/tags/": Sample("POST", fields="name tag"),
    "people/<uuid:pk>/tags/<uuid:tag>/": Sample("DELETE", values={"tag": NOBODYS}),
    "people/new/": Sample("GET POST", fields="name email phone language campaign text"),
    "people/<uuid:pk>/conversations/": Sample(),
    "people/<uuid:pk>/legs/": Sample(),
    "people/<uuid:pk>/score/": Sample(),
    "people/<uuid:pk>/score/past/": Sample(),
    "activities/<int:pk>/": Sample(),
    "morning/": Sample("GET POST", fields="mail"),
    "c/<str:token>/job-site/": Sample(who="anyone"),
    "visits/script.js": Sample(who="anyone"),
    "visits/<uuid:site>/": Sample("POST", "anyone", "token path", values={"site": NOBODYS}),
    "people/<uuid:pk>/activities/": Sample("POST", fields="kind at text client_id"),
    "counts/": Sample(),
    "conversations/<uuid:pk>/assignment/": Sample("GET POST", fields="member seen"),
    "conversations/<uuid:pk>/assignment/history/": Sample(),
    "conversations/<uuid:pk>/delivery/": Sample("GET POST", "guests", DELIVERY),
    "deliveries/many/": Sample(
        "GET POST",
        fields="listing conversations all count status reason explanation notes rating recipients typed",
    ),
    "delivered/": Sample(who="guests", fields="before"),
    "delivered/<uuid:pk>/": Sample(who="guests"),
    "conversations/<uuid:pk>/delivered/": Sample(who="guests"),
    "delivered/<uuid:pk>/answer/": Sample("POST", "guests", "answer text"),
    "delivered/<uuid:pk>/withdrawal/": Sample("GET POST", "supervisors"),  # and who made it
    "delivered/<uuid:pk>/leg/": Sample("POST", "guests"),
    "delivered/<uuid:pk>/messages/": Sample("POST", "guests", "text to"),
    "messages/<uuid:pk>/retry/": Sample("POST"),
    "messages/<uuid:pk>/move/": Sample("GET POST", fields="q to"),
    "messages/<uuid:pk>/sender/": Sample("POST", fields="choice"),
    "messages/<uuid:pk>/original/": Sample(),
    "messages/<uuid:pk>/quote/": Sample(),
    "webhooks/mail/<slug:provider>/": Sample("POST", "anyone", values={"provider": "mailgun"}),
    "quarantine/": Sample(who="supervisors"),
    "quarantine/<uuid:pk>/": Sample("POST", "supervisors", "choice all"),
    "messages/<uuid:pk>/taking-back/": Sample("POST"),
    "mail/opened/<str:token>/": Sample("", "anyone", values={"token": "1-0~none"}),
    "mail/tracking/<slug:provider>/": Sample("POST", "anyone", values={"provider": "postmark"}),
    "mail/tracking/<slug:provider>/<uuid:account>/": Sample(
        "POST", "anyone", values={"provider": "postmark", "account": NOBODYS}
    ),
    "conversations/<uuid:pk>/scheduled/": Sample("GET POST", fields="text send_at at client_id seen_number files"),
    "scheduled/": Sample(fields="before"),
    "scheduled/<uuid:pk>/": Sample("GET POST DELETE", fields="text send_at"),
    "notifications/": Sample("GET POST", "guests"),
    "notifications/<uuid:pk>/": Sample("POST", "guests"),
    "notifications/<uuid:pk>/toast/": Sample(who="guests"),
    "reports/outcomes/": Sample(fields=PERIOD),
    "reports/outcomes.csv": Sample(fields=PERIOD),
    "reports/outcomes/deliveries/": Sample(fields=PERIOD),
    "reports/outcomes/undelivered/": Sample(fields=PERIOD),
    "reports/outcomes/applications/": Sample(fields=PERIOD),
    # In development only.
    "dev/mail/": Sample("", "anyone"),
    "dev/mail/<str:name>/": Sample("", "anyone", values={"name": "1.eml"}),
    "dev/mail/<str:name>/html/": Sample("", "anyone", values={"name": "1.eml"}),
    "apply/<slug:organization>/": Sample(who="anyone"),
    "apply/<slug:organization>/<slug:campaign>/": Sample(
        "GET POST", "anyone", "name email phone message text files source consent"
    ),
    "apply/<slug:organization>/<slug:campaign>/done/": Sample(who="anyone"),
    "c/<str:token>/": Sample(who="anyone"),
    "c/<str:token>/messages/": Sample("POST", "anyone", "text client_id files"),
    "c/<str:token>/events/": Sample("GET", "anyone", "after"),
    "c/<str:token>/opened/": Sample("POST", "anyone"),
    "c/<str:token>/files/<uuid:pk>/<str:name>": Sample(who="anyone", values={"name": "CV.pdf"}),
    "c/<str:token>/appointments/<uuid:pk>/": Sample("POST", "anyone", "answer"),
    "c/<str:token>/stored/": Sample(who="anyone"),
    "c/<str:token>/stop/": Sample("GET POST", "anyone", "start"),
    r"accounts/^confirm-email/(?P<key>[-:\w]+)/$": Sample(who="anyone", path="accounts/confirm-email/key/"),
    r"accounts/^password/reset/key/(?P<uidb36>[0-9A-Za-z]+)-(?P<key>.+)/$": Sample(
        who="anyone", path="accounts/password/reset/key/1-abc/"
    ),
    "accounts/2fa/webauthn/keys/<int:pk>/remove/": Sample("GET POST", "users", values={"pk": "1"}),
    "accounts/2fa/webauthn/keys/<int:pk>/edit/": Sample("GET POST", "users", values={"pk": "1"}),
}


def routes(patterns: Any = None, before: str = "") -> Iterator[str]:
    """Every route of the URLconf, once."""
    seen = set()
    for pattern in patterns or get_resolver().url_patterns:
        if isinstance(pattern, URLResolver):
            yield from routes(pattern.url_patterns, before + str(pattern.pattern))
        elif isinstance(pattern, URLPattern) and (route := before + str(pattern.pattern)) not in seen:
            seen.add(route)
            yield route


def is_others(route: str) -> bool:
    """Whether the pages are a package's: those of the admin have a walk of their own, those for signing in are
    tested by allauth; here they only mustn't fail."""
    return route.removeprefix("^").startswith(("admin/", "accounts/")) and route not in SAMPLES


def walked() -> list[tuple[str, Sample]]:
    """Our own addresses with their samples."""
    return [(route, SAMPLES[route]) for route in routes() if route in SAMPLES and not route.startswith("accounts/")]


def path_to(route: str, sample: Sample, ids: dict[str, str]) -> str:
    """The address with the ids put in."""

    def value(place: re.Match[str]) -> str:
        name = place[1]
        beginning = next((thing for start, thing in BEGINNINGS.items() if route.startswith(start)), "")
        return sample.values.get(name) or ids.get(name) or ids[beginning]

    return "/" + (sample.path or PLACE.sub(value, route))


def names_something(route: str) -> bool:
    """Whether the address names something of one organization's."""
    return any(route.startswith(start) and "<" in route for start in BEGINNINGS if start != "c/")
