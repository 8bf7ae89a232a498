from functools import partial
from uuid import UUID

from django.db import transaction
from django.http import HttpResponse
from django.views.decorators.http import require_POST

from accounts.access import for_members
from accounts.requests import MemberRequest
from conversations.live import show_reading
from conversations.views.thread import conversation_for


@for_members
@require_POST
def reading(request: MemberRequest, pk: UUID) -> HttpResponse:
    """The member has read up to event `number`."""
    conversation = conversation_for(request, pk)
    number = request.POST.get("number", "")
    if not number.isdecimal() or len(number) > 9:
        return HttpResponse(status=422)
    conversation.mark_read(by=request.member, number=int(number))
    transaction.on_commit(partial(show_reading, request.member, conversation, int(number)), robust=True)
    return HttpResponse(status=204)
