from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.views.decorators.http import require_POST

from accounts.access import for_members
from accounts.requests import MemberRequest
from conversations.models import Conversation, Message
from gateways import outbox


@require_POST
@for_members
def retry(request: MemberRequest, pk: UUID) -> HttpResponse:
    """Tries a failed message again; pressed twice, it is tried once."""
    visible = Message.objects.filter(conversation__in=Conversation.objects.visible_to(request.member))
    message = get_object_or_404(visible, pk=pk, kind=Message.Kind.OUTBOUND)
    outbox.try_again(message)
    if request.htmx:
        return HttpResponse(status=204)
    return redirect("conversation", pk=message.conversation_id)
