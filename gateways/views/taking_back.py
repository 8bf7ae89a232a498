from uuid import UUID

from django.http import HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, redirect
from django.views.decorators.http import require_POST

from accounts.access import for_members
from accounts.requests import MemberRequest
from conversations.models import Conversation, Message
from conversations.refusals import Refused
from gateways import outbox


@require_POST
@for_members
def taking_back(request: MemberRequest, pk: UUID) -> HttpResponse:
    """Takes the member's own message back; answers its text. 409: it has left."""
    visible = Message.objects.filter(conversation__in=Conversation.objects.visible_to(request.member))
    message = get_object_or_404(
        visible.select_related("conversation", "event", "author"),
        pk=pk,
        kind=Message.Kind.OUTBOUND,
        author=request.member,
    )
    try:
        outbox.take_back(message, by=request.member)
    except Refused as refusal:
        return JsonResponse({"refusal": str(refusal)}, status=409)
    if request.htmx:
        return JsonResponse({"text": message.text})
    return redirect("conversation", pk=message.conversation_id)
