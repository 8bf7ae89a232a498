from functools import partial
from uuid import UUID

from django.db import transaction
from django.http import HttpResponse
from django.views.decorators.http import require_POST

from accounts.access import for_members
from accounts.requests import MemberRequest, whole_number
from conversations.live import show_reading
from conversations.views.thread import conversation_for


@for_members
@require_POST
def reading(request: MemberRequest, pk: UUID) -> HttpResponse:
    """The member has read up to event `number`."""
    conversation = conversation_for(request, pk)
    number = whole_number(request.POST.get("number", ""))
    if number is None:
        return HttpResponse(status=422)
    conversation.mark_read(by=request.member, number=number)
    transaction.on_commit(partial(show_reading, request.member, conversation, number), robust=True)
    return HttpResponse(status=204)
