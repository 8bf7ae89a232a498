"""What a member sets about themselves, from the corner of the rail."""

from django.conf import settings
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_POST

from accounts import presence
from accounts.access import for_guests_too, for_members
from accounts.models import Availability
from accounts.requests import MemberRequest
from accounts.returning import back


@require_POST
@for_members
def availability(request: MemberRequest) -> HttpResponse:
    chosen = request.POST.get("availability", "")
    if chosen not in Availability.values:
        raise Http404
    presence.say(request.member, chosen)
    return back(request)


@require_POST
@for_guests_too
def switch_organization(request: MemberRequest) -> HttpResponse:
    """Goes to another of the user's organizations; one that isn't theirs is as if it weren't there."""
    chosen = request.POST.get("organization", "")
    place = next((place for place in request.places if str(place.organization_id) == chosen), None)
    if place is None:
        raise Http404
    request.session["organization"] = place.organization_id
    return redirect("home")


@require_POST
@for_guests_too
def language(request: MemberRequest) -> HttpResponse:
    chosen = request.POST.get("language", "")
    if chosen not in dict(settings.LANGUAGES):
        raise Http404
    request.user.language = chosen
    request.user.save(update_fields=["language"])
    return back(request)
