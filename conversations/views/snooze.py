"""Putting a conversation out of sight until a time."""

from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from accounts.access import for_members
from accounts.requests import MemberRequest
from conversations import refusals
from conversations.models import Conversation
from conversations.moments import read_moment, times_to_wake
from conversations.views.changed import changed
from conversations.views.thread import conversation_for


@for_members
@require_http_methods(["GET", "POST", "DELETE"])
def snooze(request: MemberRequest, pk: UUID) -> HttpResponse:
    """GET: the dialog. POST `until` (ISO 8601; the reader's zone if it names none). DELETE wakes it."""
    conversation = conversation_for(request, pk)
    if request.method == "GET":
        return _dialog(request, conversation)
    try:
        if request.method == "DELETE":
            conversation.wake(by=request.member)
        else:
            until = read_moment(request.POST.get("until", ""), request.member.zone)
            conversation.snooze(until, by=request.member)
    except refusals.Refused as refusal:
        return _dialog(request, conversation, str(refusal), 422)
    return changed(request, conversation)


def _dialog(request: MemberRequest, conversation: Conversation, sentence: str = "", status: int = 200) -> HttpResponse:
    zone = request.member.zone
    context = {
        "conversation": conversation,
        "choices": list(times_to_wake(timezone.now(), zone)),
        "zone": zone.key,
        "sentence": sentence,
    }
    return render(request, "conversations/_snooze.html", context, status=status)
