"""An activity as a place to go to: the line of the thread that it is, else the person's page."""

from uuid import UUID

from django.db.models import Q
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.views.decorators.http import require_safe

from accounts.access import for_members
from accounts.requests import MemberRequest
from conversations.models import Conversation, Event
from people.models import Activity, Person


@require_safe
@for_members
def activity(request: MemberRequest, pk: int) -> HttpResponse:
    visible = Person.objects.visible_to(request.member)
    found = get_object_or_404(Activity.objects.filter(person__in=visible), pk=pk)
    seen = Conversation.objects.visible_to(request.member).filter(pk=found.conversation_id)
    if found.conversation_id and seen.exists():
        return HttpResponseRedirect(reverse("conversation", args=[found.conversation_id]) + _line(found))
    return HttpResponseRedirect(reverse("person", args=[found.person_id]) + f"#activity-{found.pk}")


def _line(found: Activity) -> str:
    """The place in the thread; the activity's key begins with what it is about."""
    try:
        subject = UUID(found.key.partition(":")[0])
    except ValueError:
        return ""
    named = Q(pk=subject) | Q(message=subject) | Q(data__appointment=str(subject))
    inside = Event.objects.filter(named, conversation=found.conversation_id)
    event = inside.select_related("message").order_by("number").first()
    if event is None:
        return ""
    return f"#message-{event.message.client_id}" if event.message else f"#event-{event.pk}"
