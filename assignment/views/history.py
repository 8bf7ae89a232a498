from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from accounts.access import for_members
from accounts.requests import MemberRequest
from conversations.models import Conversation


@require_safe
@for_members
def history(request: MemberRequest, pk: UUID) -> HttpResponse:
    """The fragment that says who was responsible, since when and why."""
    conversation = get_object_or_404(Conversation.objects.visible_to(request.member), pk=pk)
    context = {"history": conversation.assignments.select_related("member__user", "by__user")}
    return render(request, "assignment/_history.html", context)
