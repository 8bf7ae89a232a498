from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from accounts.access import for_members
from accounts.requests import MemberRequest
from conversations.saved_replies import replies_for
from conversations.views.thread import conversation_for


@for_members
@require_safe
def saved_replies(request: MemberRequest, pk: UUID) -> HttpResponse:
    """The options of the composer's `/`: filled in, the person's language first."""
    replies = replies_for(conversation_for(request, pk), me=request.member)
    return render(request, "conversations/_saved_replies.html", {"replies": replies})
