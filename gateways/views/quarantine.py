"""The quarantine: mails of somebody who sent too many, held back until somebody has looked."""

from uuid import UUID

from django.http import HttpResponse, HttpResponseBadRequest
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from accounts.access import for_supervisors
from accounts.requests import MemberRequest
from gateways import inbox
from gateways.email.reading import read
from gateways.email.reply import split
from gateways.models import Arrival

SHOWN = 100
BEGINNING = 300
DECISIONS = {"release": inbox.release, "discard": inbox.discard}


@for_supervisors
@require_safe
def quarantine(request: MemberRequest) -> HttpResponse:
    held = Arrival.objects.filter(state=Arrival.State.HELD).order_by("sender", "-arrived_at")[: SHOWN + 1]
    shown = [(arrival, *_in_short(arrival)) for arrival in held[:SHOWN]]
    context = {"held": shown, "has_more": len(held) > SHOWN}
    return render(request, "gateways/quarantine.html", context)


@for_supervisors
@require_POST
def one(request: MemberRequest, pk: UUID) -> HttpResponse:
    """Lets it in or discards it; `all` does the same with everything held of its sender."""
    arrival = get_object_or_404(Arrival.objects.defer("raw"), pk=pk)
    decide = DECISIONS.get(request.POST.get("choice", ""))
    if decide is None:
        return HttpResponseBadRequest()
    others = Arrival.objects.filter(sender=arrival.sender, state=Arrival.State.HELD).defer("raw")
    for each in others.order_by("arrived_at") if "all" in request.POST else [arrival]:
        decide(each)
    return redirect("gateways:quarantine")


def _in_short(arrival: Arrival) -> tuple[str, str]:
    """Subject, and how its text begins."""
    mail = read(bytes(arrival.raw))
    return mail.subject or _("(no subject)"), split(mail).said[:BEGINNING]
