"""Rejecting the application: the candidate can't write any more, the organization can."""

from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_http_methods

from accounts.access import for_members
from accounts.requests import MemberRequest
from conversations.views.changed import changed
from conversations.views.thread import conversation_for


@for_members
@require_http_methods(["GET", "POST", "DELETE"])
def rejection(request: MemberRequest, pk: UUID) -> HttpResponse:
    """GET: the dialog that asks. POST rejects, DELETE takes it back."""
    conversation = conversation_for(request, pk)
    if request.method == "GET":
        return render(request, "conversations/_rejection.html", {"conversation": conversation})
    if request.method == "POST":
        conversation.reject(by=request.member)
    else:
        conversation.undo_rejection(by=request.member)
    return changed(request, conversation)
