from uuid import UUID

from django.http import HttpResponse
from django.views.decorators.http import require_POST

from accounts.access import for_members
from accounts.requests import MemberRequest
from conversations.views.changed import changed
from conversations.views.thread import conversation_for


@for_members
@require_POST
def leg(request: MemberRequest, pk: UUID) -> HttpResponse:
    """Takes an ended conversation up again: the next leg, this member its owner."""
    conversation = conversation_for(request, pk)
    conversation.take_up(by=request.member)
    return changed(request, conversation)
