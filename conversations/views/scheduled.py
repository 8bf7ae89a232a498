"""Replies to be sent later: planning one, the list of one's own, changing and calling off."""

from typing import Any
from uuid import UUID

from django import forms
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from accounts.access import for_members
from accounts.requests import MemberRequest
from conversations import refusals, scheduling
from conversations.attaching import uploads_of
from conversations.models import Conversation, Draft, ScheduledReply
from conversations.moments import read_moment, times_to_write
from conversations.speaking import LONGEST_TEXT
from conversations.views.changed import changed
from conversations.views.refused import first_error, refused, status_of
from conversations.views.thread import conversation_for

SHOWN = 200


class LaterForm(forms.Form):
    """`send_at` is a moment offered, `at` one that was typed, in the person's zone."""

    text = forms.CharField(required=False, max_length=LONGEST_TEXT)
    send_at = forms.CharField(required=False, max_length=40)
    at = forms.CharField(required=False, max_length=40)
    client_id = forms.UUIDField(required=False)
    seen_number = forms.IntegerField(required=False, min_value=0, max_value=2**31 - 1)


@for_members
@require_http_methods(["GET", "HEAD", "POST"])
def scheduled(request: MemberRequest, pk: UUID) -> HttpResponse:
    """GET: the moments to choose from, for the composer. POST plans a reply; what it can't is said at its place."""
    conversation = conversation_for(request, pk)
    if request.method != "POST":
        return render(request, "conversations/_later.html", _choices(conversation))
    form = LaterForm(request.POST)
    if not form.is_valid():
        return refused(request, conversation, first_error(form), 422)
    try:
        _plan(request, conversation, form.cleaned_data)
    except refusals.Refused as refusal:
        return refused(request, conversation, str(refusal), status_of(refusal))
    Draft.objects.filter(conversation=conversation, member=request.member).delete()
    if not request.htmx:
        return redirect("conversation", pk=conversation.pk)
    context = {"conversation": conversation, "is_catch_up": True, "events": []}
    return render(request, "conversations/_events.html", context, status=201)


@for_members
@require_safe
def mine(request: MemberRequest) -> HttpResponse:
    """What this member has planned, the next first."""
    planned = _visible(request).filter(author=request.member)
    shown = planned.select_related("conversation__person", "conversation__campaign").prefetch_related("files")[:SHOWN]
    return render(request, "conversations/scheduled.html", {"scheduled": shown})


@for_members
@require_http_methods(["GET", "HEAD", "POST", "DELETE"])
def one(request: MemberRequest, pk: UUID) -> HttpResponse:
    """GET: the dialog. POST changes it, DELETE calls it off: whoever sees the conversation may."""
    planned = get_object_or_404(_visible(request).select_related("conversation__person", "author__user"), pk=pk)
    try:
        if request.method == "POST":
            send_at = read_moment(request.POST.get("send_at", ""), planned.conversation.person_zone)
            scheduling.change(planned, text=request.POST.get("text", ""), send_at=send_at)
        elif request.method == "DELETE":
            scheduling.call_off(planned)
        else:
            return _dialog(request, planned)
    except refusals.Refused as refusal:
        planned.text = request.POST.get("text", planned.text)
        return _dialog(request, planned, sentence=str(refusal), status=status_of(refusal))
    return changed(request, planned.conversation)


def _visible(request: MemberRequest) -> Any:
    return ScheduledReply.objects.filter(conversation__in=Conversation.objects.visible_to(request.member))


def _plan(request: MemberRequest, conversation: Conversation, said: dict[str, Any]) -> None:
    scheduling.schedule(
        conversation,
        said["text"],
        by=request.member,
        send_at=read_moment(said["send_at"] or said["at"], conversation.person_zone),
        files=uploads_of(request.FILES.getlist("files"), request.organization),
        client_id=said["client_id"],
        seen_number=said["seen_number"],
    )


def _choices(conversation: Conversation) -> dict[str, Any]:
    zone = conversation.person_zone
    choices = list(times_to_write(timezone.now(), zone))
    return {"conversation": conversation, "choices": choices, "zone": zone.key}


def _dialog(request: MemberRequest, planned: ScheduledReply, sentence: str = "", status: int = 200) -> HttpResponse:
    zone = planned.conversation.person_zone
    context = {"planned": planned, "zone": zone.key, "at": planned.send_at.astimezone(zone), "sentence": sentence}
    return render(request, "conversations/_scheduled_dialog.html", context, status=status)
