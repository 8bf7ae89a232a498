"""The quarantine: mails of somebody who sent too many, held back until somebody has looked."""

from uuid import UUID

from django.http import HttpResponse, HttpResponseBadRequest
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_POST, require_safe

from accounts.access import for_supervisors
from accounts.requests import MemberRequest
from gateways import inbox
from gateways.models import Arrival

SHOWN = 100
DECISIONS = {"release": inbox.release, "discard": inbox.discard}


@for_supervisors
@require_safe
def quarantine(request: MemberRequest) -> HttpResponse:
    held = Arrival.objects.filter(state=Arrival.State.HELD).order_by("sender", "-arrived_at")[: SHOWN + 1]
    by_sender = sorted(held[:SHOWN], key=lambda arrival: arrival.written_by)
    context = {"held": by_sender, "has_more": len(held) > SHOWN}
    return render(request, "gateways/quarantine.html", context)


@for_supervisors
@require_POST
def one(request: MemberRequest, pk: UUID) -> HttpResponse:
    """Lets it in or discards it; `all` does the same with everything held of its sender."""
    arrival = get_object_or_404(Arrival, pk=pk)
    decide = DECISIONS.get(request.POST.get("choice", ""))
    if decide is None:
        return HttpResponseBadRequest()
    others = Arrival.objects.filter(sender=arrival.sender, state=Arrival.State.HELD).order_by("arrived_at")
    for each in others if "all" in request.POST else [arrival]:
        if each.written_by == arrival.written_by:
            decide(each)
    return redirect("gateways:quarantine")
