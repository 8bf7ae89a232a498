from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts.access import for_guests_too
from accounts.requests import MemberRequest
from notifications.composing import address_of
from notifications.listing import of_member, unread_of
from notifications.models import Notification

SHOWN = 100


@require_http_methods(["GET", "HEAD", "POST"])
@for_guests_too
def notifications(request: MemberRequest) -> HttpResponse:
    """The member's own, newest first; POST marks all as read."""
    mine = of_member(request.member)
    if request.method == "POST":
        Notification.objects.filter(member=request.member, read_at=None).update(read_at=timezone.now())
        return redirect("notifications")
    context = {"notifications": mine[:SHOWN], "unread": unread_of(request.member).count()}
    return render(request, "notifications/notifications.html", context)


@require_POST
@for_guests_too
def opened(request: MemberRequest, pk: UUID) -> HttpResponse:
    """Marks one as read and goes to where it leads."""
    notification = get_object_or_404(
        Notification.objects.select_related("event", "member"), pk=pk, member=request.member
    )
    Notification.objects.filter(pk=pk, read_at=None).update(read_at=timezone.now())
    return redirect(address_of(notification))


@require_safe
@for_guests_too
def toast(request: MemberRequest, pk: UUID) -> HttpResponse:
    """One notification for the corner of the screen, in the member's language; asked for when the socket names it."""
    notification = get_object_or_404(of_member(request.member), pk=pk)
    return render(request, "notifications/_toast.html", {"notification": notification})
