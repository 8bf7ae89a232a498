"""What a small change of a conversation answers: the thread asks for what is new, the dialog goes."""

from collections.abc import Callable

from django.http import HttpResponse
from django.shortcuts import redirect
from django_htmx.http import trigger_client_event

from accounts.requests import MemberRequest
from conversations.models import Conversation
from conversations.refusals import Refused

Dialog = Callable[[MemberRequest, Conversation, str, int], HttpResponse]


def changed(request: MemberRequest, conversation: Conversation) -> HttpResponse:
    """To htmx an empty dialog and the event that makes the thread catch up; else the conversation again."""
    if request.htmx:
        return trigger_client_event(HttpResponse(), "thread-changed")
    return redirect("conversation", pk=conversation.pk)


def refused_in_dialog(
    dialog: Dialog, request: MemberRequest, conversation: Conversation, refusal: Refused
) -> HttpResponse:
    """The dialog again, with the reason at the top."""
    return dialog(request, conversation, str(refusal), 422)
