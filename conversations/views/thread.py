"""The thread of one conversation."""

from typing import Any

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from accounts.access import for_members
from accounts.requests import MemberRequest
from conversations.models import Conversation
from conversations.views.inbox import list_context


@require_safe
@for_members
def conversation(request: MemberRequest, pk: str) -> HttpResponse:
    """The conversation beside its list; htmx gets the thread alone, with the profile out of band."""
    found = get_object_or_404(Conversation.objects.visible_to(request.member), pk=pk)
    context = thread_context(request, found)
    if request.htmx and not request.htmx.history_restore_request:
        return render(request, "conversations/_thread.html", context)
    return render(request, "conversations/inbox.html", context | list_context(request))


def thread_context(request: MemberRequest, conversation: Conversation) -> dict[str, Any]:
    return {"conversation": conversation}
