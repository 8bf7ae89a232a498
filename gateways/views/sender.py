from uuid import UUID

from django.http import HttpResponse, HttpResponseBadRequest
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_POST, require_safe

from accounts.access import for_members
from accounts.requests import MemberRequest
from conversations.refusals import Refused
from conversations.views.changed import changed
from conversations.views.move import message_for
from gateways.models import Arrival
from gateways.placing import CHOICES
from gateways.serving import as_it_came


@for_members
@require_POST
def sender(request: MemberRequest, pk: UUID) -> HttpResponse:
    """Who wrote this, as a member decides: `choice` is theirs, contact or discard."""
    message = message_for(request, pk)
    decide = CHOICES.get(request.POST.get("choice", ""))
    if decide is None or not message.doubt:
        return HttpResponseBadRequest()
    conversation = message.conversation
    try:
        decide(message, by=request.member)
    except Refused as refusal:
        return render(request, "conversations/_refusal.html", {"sentence": str(refusal)}, status=422)
    return changed(request, conversation)


@for_members
@require_safe
def original(request: MemberRequest, pk: UUID) -> HttpResponse:
    """The mail as it came."""
    message = message_for(request, pk)
    arrival = get_object_or_404(Arrival.objects.filter(message=message).order_by("arrived_at")[:1])
    return as_it_came(arrival, name=str(message.pk))
