"""What a member sets about themselves, from the corner of the rail."""

from datetime import datetime, time, timedelta

from django.conf import settings
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
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
    presence.say(request.member, chosen, until=_next(request.POST.get("until", "")))
    return back(request)


def _next(typed: str) -> datetime | None:
    """The next time the clock of the reader's zone shows this; None for what is no time."""
    try:
        clock = time.fromisoformat(typed).replace(tzinfo=None)
    except ValueError:
        return None
    now = timezone.localtime()
    until = now.replace(hour=clock.hour, minute=clock.minute, second=0, microsecond=0)
    return until if until > now else until + timedelta(days=1)


@require_POST
@for_guests_too
def switch_organization(request: MemberRequest) -> HttpResponse:
    """Goes to another of the user's organizations; one that isn't theirs is as if it weren't there."""
    chosen = request.POST.get("organization", "")
    place = next((place for place in request.places if str(place.organization_id) == chosen), None)
    if place is None:
        raise Http404
    request.session["organization"] = place.organization_id
    request.session.pop("workspace", None)
    return redirect("home")


@require_POST
@for_members
def switch_workspace(request: MemberRequest) -> HttpResponse:
    """Looks at one workspace, or with nothing chosen at all of them."""
    chosen = request.POST.get("workspace", "")
    if chosen and chosen not in {str(workspace.pk) for workspace in request.organization.workspaces()}:
        raise Http404
    request.session["workspace"] = chosen
    return back(request)


@require_POST
@for_guests_too
def language(request: MemberRequest) -> HttpResponse:
    chosen = request.POST.get("language", "")
    if chosen not in dict(settings.LANGUAGES):
        raise Http404
    request.user.language = chosen
    request.user.save(update_fields=["language"])
    return back(request)
