from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_safe
from django_htmx.http import push_url

from accounts.access import for_guests_too, for_members
from accounts.requests import MemberRequest
from conversations.counts import numbers_of
from conversations.destinations import destinations_of
from conversations.filters import Choices
from conversations.listing import VIEWS, Listing
from conversations.navigation import rail_of


@require_safe
@for_guests_too
def home(request: MemberRequest) -> HttpResponse:
    """Where somebody lands: recruiters at their leads, guests at what was delivered to them."""
    return redirect("delivery:received") if request.member.is_guest else redirect("inbox", "mine")


@require_safe
@for_members
def inbox(request: MemberRequest, view: str) -> HttpResponse:
    """The list alone. htmx asks for what was found, or with `before` for the items that come after a cursor."""
    if view not in VIEWS:
        raise Http404
    context = list_context(request, view)
    if not request.htmx or request.htmx.history_restore_request:
        return render(request, "conversations/inbox.html", context)
    if "before" in request.GET:
        return render(request, "conversations/_items.html", context)
    answer = render(request, "conversations/_found.html", context)
    return push_url(answer, context["listing"].url()) if "filtering" in request.GET else answer


@require_safe
@for_members
def filters(request: MemberRequest, view: str) -> HttpResponse:
    """The fields to filter by, asked for when somebody opens them."""
    if view not in VIEWS:
        raise Http404
    listing = Listing(request.member, view, request.GET)
    return render(request, "conversations/_filters.html", {"listing": listing, "fields": Choices(listing)})


@require_safe
@for_members
def counts(request: MemberRequest) -> HttpResponse:
    """The links of the rail with their numbers, as they are now."""
    address = request.htmx.current_url_abs_path or ""
    rail = rail_of(request.member, address, destinations_of(request.member), numbers_of(request.member))
    return render(request, "conversations/_rail_links.html", {"rail": rail})


def list_context(request: MemberRequest, view: str = "") -> dict[str, Any]:
    """What the list beside a conversation needs: `listing` and `page`. The view comes from the address or `?view=`."""
    asked = view or request.GET.get("view", "")
    listing = Listing(request.member, asked if asked in VIEWS else "mine", request.GET)
    return {"listing": listing, "page": listing.page(request.GET.get("before", ""))}
