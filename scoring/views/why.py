from uuid import UUID

from django.db.models import Exists, OuterRef
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from accounts.access import for_members
from accounts.requests import MemberRequest
from conversations.models import Conversation
from people.models import Person


@require_safe
@for_members
def why(request: MemberRequest, pk: UUID) -> HttpResponse:
    """The score panel of a person's profile: the total, and each record with the day it lapses."""
    seen = Conversation.objects.visible_to(request.member).filter(person=OuterRef("pk"))
    people = Person.objects.select_related("temperature")
    person = get_object_or_404(people if request.member.sees_everything else people.filter(Exists(seen)), pk=pk)
    records = person.records.select_related("activity").order_by("-happened_at", "-pk")
    return render(request, "scoring/why.html", {"person": person, "records": records})
