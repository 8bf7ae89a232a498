from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from accounts.access import for_members
from accounts.requests import MemberRequest
from conversations.models import Conversation
from delivery.models import Delivery
from people.models import Person

MOST = 10


@require_safe
@for_members
def earlier(request: MemberRequest, pk: UUID) -> HttpResponse:
    """The fragment of the profile that says how a person's conversations ended before."""
    seen = Conversation.objects.visible_to(request.member).values("person")
    person = get_object_or_404(Person.objects.filter(pk__in=seen), pk=pk)
    deliveries = Delivery.objects.visible_to(request.member).filter(conversation__person=person)
    context = {"deliveries": deliveries.with_everything().order_by("-delivered_at")[:MOST]}
    return render(request, "delivery/_earlier.html", context)
