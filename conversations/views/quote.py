from uuid import UUID

from django.http import HttpResponse
from django.views.decorators.http import require_safe

from accounts.access import for_members
from accounts.requests import MemberRequest
from conversations.templatetags.thread import linked
from conversations.views.move import message_for


@for_members
@require_safe
def quote(request: MemberRequest, pk: UUID) -> HttpResponse:
    """What a mail quotes, where it is too long to stand in every page that shows the mail."""
    return HttpResponse(linked(message_for(request, pk).quoted_text))
