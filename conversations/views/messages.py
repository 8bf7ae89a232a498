"""Writing in a conversation: a reply to the person, or a note among members."""

from datetime import timedelta
from typing import Any
from uuid import UUID

from django import forms
from django.conf import settings
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_POST

from accounts.access import for_members
from accounts.requests import MemberRequest
from conversations import refusals
from conversations.attaching import uploads_of
from conversations.lines import fresh
from conversations.mentions import mentioned_in
from conversations.models import Conversation, Draft, Message
from conversations.speaking import LONGEST_TEXT
from conversations.views.refused import first_error, refused, status_of
from conversations.views.thread import conversation_for


class MessageForm(forms.Form):
    text = forms.CharField(required=False, max_length=LONGEST_TEXT)
    kind = forms.ChoiceField(choices=[("reply", "reply"), ("note", "note")])
    client_id = forms.UUIDField(required=False)
    seen_number = forms.IntegerField(required=False, min_value=0, max_value=2**31 - 1)


@for_members
@require_POST
def messages(request: MemberRequest, pk: UUID) -> HttpResponse:
    """Says it once, however often the same `client_id` comes. 409: read what came meanwhile. 422: can't be said."""
    # Files are looked through for viruses before the lock is taken.
    conversation = conversation_for(request, pk, is_to_change=not request.FILES)
    form = MessageForm(request.POST)
    if not form.is_valid():
        return refused(request, conversation, first_error(form), 422)
    try:
        message = _say(request, conversation, form.cleaned_data)
    except refusals.Refused as refusal:
        return refused(request, conversation, str(refusal), status_of(refusal))
    Draft.objects.filter(conversation=conversation, member=request.member).delete()
    if not request.htmx:
        return redirect("conversation", pk=conversation.pk)
    context = {"event": fresh(message.event), "conversation": conversation, "rendered_at": timezone.now()}
    return render(request, "conversations/_event.html", context, status=201)


def _say(request: MemberRequest, conversation: Conversation, said: dict[str, Any]) -> Message:
    files = uploads_of(request.FILES.getlist("files"), request.organization)
    if said["kind"] == "note":
        named = mentioned_in(said["text"], conversation, by=request.member)
        return conversation.note(
            said["text"], by=request.member, files=files, client_id=said["client_id"], mentions=named
        )
    seen = said["seen_number"]
    return conversation.reply(
        said["text"],
        by=request.member,
        files=files,
        client_id=said["client_id"],
        seen_number=conversation.taken_as_seen(request.member) if seen is None else seen,
        hold=timedelta(seconds=settings.TAKE_BACK_SECONDS),
    )
