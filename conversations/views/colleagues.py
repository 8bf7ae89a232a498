from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from accounts.access import for_members
from accounts.requests import MemberRequest
from conversations.seeing import who_see
from conversations.views.thread import conversation_for


@for_members
@require_safe
def colleagues(request: MemberRequest, pk: UUID) -> HttpResponse:
    """The options of the composer's `@`: whom a note can name."""
    members = who_see(conversation_for(request, pk)).exclude(pk=request.member.pk)
    return render(request, "conversations/_colleagues.html", {"members": members})
