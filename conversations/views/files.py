"""Files of messages, from a path of their own, to those who may see the conversation."""

from uuid import UUID

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.views.decorators.http import require_safe

from accounts.access import for_guests_too
from accounts.models import Member
from accounts.requests import MemberRequest
from conversations.models import Conversation, Grant, MessageFile
from conversations.serving import answer_with


@for_guests_too
@require_safe
def file(request: MemberRequest, pk: UUID, name: str) -> HttpResponse:
    """One file. The name is there for the browser's sake; the id decides."""
    return answer_with(get_object_or_404(files_for(request.member).select_related("content"), pk=pk))


def files_for(member: Member) -> QuerySet[MessageFile]:
    """The files a member may have; a guest those up to the end of the leg they were given."""
    files = MessageFile.objects.filter(message__conversation__in=Conversation.objects.visible_to(member), withheld="")
    if not member.is_guest:
        return files
    reaches = Q(until_number=None) | Q(until_number__gte=OuterRef("message__event__number"))
    granted = Q(member=member) | Q(team__members=member)
    grants = Grant.objects.filter(granted, reaches, conversation=OuterRef("message__conversation"), revoked_at=None)
    return files.filter(Exists(grants)).exclude(message__kind="note")
