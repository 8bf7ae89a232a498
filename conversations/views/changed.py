"""What a small change of a conversation answers: the thread asks for what is new, the dialog goes."""

from django.http import HttpResponse
from django.shortcuts import redirect
from django_htmx.http import trigger_client_event

from accounts.requests import MemberRequest
from conversations.models import Conversation


def changed(request: MemberRequest, conversation: Conversation) -> HttpResponse:
    """To htmx an empty dialog and the event that makes the thread catch up; else the conversation again."""
    if request.htmx:
        return trigger_client_event(HttpResponse(), "thread-changed")
    return redirect("conversation", pk=conversation.pk)
