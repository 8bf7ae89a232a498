"""Go to anything, and the dialog of all shortcuts."""

from dataclasses import dataclass

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from accounts.access import for_members
from accounts.models import Member
from accounts.requests import MemberRequest
from conversations.counts import Numbers
from conversations.destinations import destinations_of
from conversations.models import Conversation
from conversations.navigation import sections_of
from conversations.search import matching
from people.models import Person
from people.search import people_ids, plain

MOST = 8


@dataclass(frozen=True)
class Aim:
    """Somewhere to go: its name, what it is, its address."""

    title: str
    about: str
    url: str


@require_safe
@for_members
def dialog(request: MemberRequest) -> HttpResponse:
    return render(request, "conversations/go.html", {"aims": _pages(request.member, "")})


@require_safe
@for_members
def found(request: MemberRequest) -> HttpResponse:
    """What the words may mean: pages and campaigns, conversations, people."""
    words = request.GET.get("q", "").replace("\x00", "")[:200].strip()
    aims = _pages(request.member, words)
    if words:
        aims += _conversations(request.member, words) + _people(request.member, words)
    return render(request, "conversations/_aims.html", {"aims": aims})


@require_safe
@for_members
def shortcuts(request: MemberRequest) -> HttpResponse:
    return render(request, "conversations/shortcuts.html")


def _pages(member: Member, words: str) -> list[Aim]:
    sections = sections_of(member, destinations_of(member), Numbers())
    aims = [Aim(link.title, section.title, link.url) for section in sections for link in section.links]
    aims.append(Aim(_("Add a person"), _("Command"), reverse("person_new")))
    aims.append(Aim(_("To be sent later"), _("Inbox"), reverse("scheduled_mine")))
    return [aim for aim in aims if plain(words) in plain(aim.title)]


def _conversations(member: Member, words: str) -> list[Aim]:
    rows = matching(Conversation.objects.visible_to(member), words).select_related("person", "campaign")
    return [
        Aim(row.person.name, row.campaign.name if row.campaign else _("Conversation"), _address("conversation", row))
        for row in rows.order_by("-last_message_at")[:MOST]
    ]


def _people(member: Member, words: str) -> list[Aim]:
    rows = Person.objects.visible_to(member).filter(pk__in=people_ids(words)).order_by("-scored__total")[:MOST]
    return [Aim(person.name, person.get_kind_display(), _address("person", person)) for person in rows]


def _address(name: str, row: Conversation | Person) -> str:
    return reverse(name, args=[row.pk])
