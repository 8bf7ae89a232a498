from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from accounts.access import for_members
from accounts.requests import MemberRequest
from conversations.models import Conversation
from delivery.chain import chains_of
from people.models import Person


@require_safe
@for_members
def legs(request: MemberRequest, pk: UUID) -> HttpResponse:
    """The fragment that shows who had a person's conversations, one leg after another, and how each leg ended."""
    seen = Conversation.objects.visible_to(request.member)
    person = get_object_or_404(Person.objects.filter(pk__in=seen.values("person")), pk=pk)
    chains = chains_of(seen.filter(person=person), request.member)
    return render(request, "delivery/_legs.html", {"person": person, "chains": chains})
