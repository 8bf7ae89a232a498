"""The candidate's answer to an invitation, on their own page."""

from uuid import UUID

from django.http import HttpRequest, HttpResponse, HttpResponseBadRequest
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_POST

from conversations import appointing, refusals
from conversations.candidate_door import for_candidate
from conversations.models import ReplyKey

ANSWERS = {"accept": True, "decline": False}


@for_candidate
@require_POST
def answer(request: HttpRequest, key: ReplyKey, pk: UUID) -> HttpResponse:
    """POST `answer`: accept or decline."""
    appointment = get_object_or_404(key.conversation.appointments, pk=pk)
    said = request.POST.get("answer", "")
    if said not in ANSWERS:
        return HttpResponseBadRequest()
    try:
        appointing.answer(appointment, accepts=ANSWERS[said])
    except refusals.Refused as refusal:
        context = {"sentence": str(refusal)}
        return render(request, "conversations/_candidate_refusal.html", context, status=409)
    return redirect("candidate_page", token=key.token)
