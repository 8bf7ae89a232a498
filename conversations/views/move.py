"""Moving a message that is in the wrong conversation."""

from uuid import UUID

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_http_methods

from accounts.access import for_members
from accounts.requests import MemberRequest
from conversations.models import Conversation, Message
from conversations.moving import move as move_to
from conversations.refusals import Refused
from conversations.search import matching
from conversations.views.changed import changed

MOST = 8


def message_for(request: MemberRequest, pk: UUID) -> Message:
    """The inbound message, if this member may see it. Raises Http404."""
    visible = Message.objects.filter(conversation__in=Conversation.objects.visible_to(request.member))
    related = visible.select_related("conversation__person", "event")
    return get_object_or_404(related, pk=pk, kind=Message.Kind.INBOUND)


@for_members
@require_http_methods(["GET", "POST"])
def move(request: MemberRequest, pk: UUID) -> HttpResponse:
    """GET: the dialog that asks where to (`?q=` narrows). POST moves."""
    message = message_for(request, pk)
    if request.method == "GET":
        return _dialog(request, message)
    origin, to = message.conversation, _destination(request)
    try:
        move_to(message, to, by=request.member)
    except Refused as refusal:
        return _dialog(request, message, str(refusal), 422)
    return changed(request, origin)


def _destination(request: MemberRequest) -> Conversation:
    try:
        asked = UUID(request.POST.get("to", ""))
    except ValueError:
        raise Http404 from None
    return get_object_or_404(Conversation.objects.visible_to(request.member).select_related("person"), pk=asked)


def _dialog(request: MemberRequest, message: Message, sentence: str = "", status: int = 200) -> HttpResponse:
    """The conversations that may be meant: by the words, or those of the same person and the newest."""
    words = request.GET.get("q", "").replace("\x00", "")[:200].strip()
    others = Conversation.objects.visible_to(request.member).exclude(pk=message.conversation_id)
    found = matching(others, words) if words else others
    shown = found.select_related("person", "campaign").order_by("-last_message_at")[:MOST]
    of_person = others.filter(person=message.conversation.person_id).select_related("person", "campaign")
    own = [] if words else list(of_person[:MOST])
    listed = [*own, *(each for each in shown if each not in own)][:MOST]
    context = {"message": message, "conversations": listed, "sentence": sentence}
    return render(request, "conversations/_move.html", context, status=status)
