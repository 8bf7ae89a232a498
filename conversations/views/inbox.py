from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_safe

from accounts.access import for_guests_too, for_members
from accounts.requests import MemberRequest
from conversations.listing import VIEWS, Listing


@require_safe
@for_guests_too
def home(request: MemberRequest) -> HttpResponse:
    """Where somebody lands: recruiters at their leads, guests at what was delivered to them."""
    return redirect("delivery:received") if request.member.is_guest else redirect("inbox", "mine")


@require_safe
@for_members
def inbox(request: MemberRequest, view: str) -> HttpResponse:
    """The list alone. htmx asks for the list, or with `before` for the items that come after a cursor."""
    if view not in VIEWS:
        raise Http404
    context = list_context(request, view)
    if request.htmx and not request.htmx.history_restore_request:
        part = "_items" if "before" in request.GET else "_list"
        return render(request, f"conversations/{part}.html", context)
    return render(request, "conversations/inbox.html", context)


def list_context(request: MemberRequest, view: str = "") -> dict[str, Any]:
    """What the list beside a conversation needs: `listing` and `page`. The view comes from the address or `?view=`."""
    asked = view or request.GET.get("view", "")
    listing = Listing(request.member, asked if asked in VIEWS else "mine", request.GET)
    return {"listing": listing, "page": listing.page(request.GET.get("before", ""))}
