"""One conversation on the screen: its lines, its composer, its person."""

from typing import Any
from uuid import UUID

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_safe

from accounts.access import for_members
from accounts.requests import MemberRequest, whole_number
from campaigns.models import Application
from conversations import lines
from conversations.attaching import MOST_FILES
from conversations.commands import offered_for
from conversations.file_rules import FileRules
from conversations.listing import VIEWS
from conversations.models import Conversation
from conversations.views.inbox import list_context
from people.models import Person


def conversation_for(request: MemberRequest, pk: UUID, *, is_to_change: bool = False) -> Conversation:
    """The conversation, if this member may see it; under its lock where this request changes it. Raises Http404."""
    rows, member = Conversation.objects.all(), request.member
    try:
        if is_to_change:
            conversation = rows.select_related("person").get_locked(pk, member)
        else:
            conversation = rows.visible_to(member).get(pk=pk)
    except Conversation.DoesNotExist:
        raise Http404 from None
    conversation.organization = request.organization
    return conversation


def thread_context(request: MemberRequest, pk: UUID) -> dict[str, Any]:
    """What `_thread.html` and `_profile.html` show. Raises Http404."""
    visible = Conversation.objects.visible_to(request.member).with_draft_of(request.member).with_what_is_planned()
    conversation = get_object_or_404(visible.with_profile(), pk=pk)
    events, has_older = lines.latest(lines.all_lines(conversation))
    applications = applications_of(conversation.person)
    draft = conversation.draft or {}
    view = request.GET.get("view", "")
    return {
        "conversation": conversation,
        "person": conversation.person,
        "events": events,
        "has_older": has_older,
        "typed": draft.get("text", ""),
        "is_note": draft.get("is_note", False),
        "applications": applications,
        "active": next((each for each in applications if each.pk == conversation.application_id), None),
        "commands": offered_for(conversation),
        "most_files": MOST_FILES,
        "file_rules": FileRules.of(request.organization),
        "rendered_at": timezone.now(),
        "back": reverse("inbox", args=[view if view in VIEWS else "mine"]),
    }


def applications_of(person: Person) -> list[Application]:
    """The newest first, with what their cards show."""
    shown = person.applications.select_related("campaign", "source")
    return list(shown.only("stage", "applied_at", "campaign__name", "source__name").order_by("-applied_at"))


@for_members
@require_safe
def conversation(request: MemberRequest, pk: UUID) -> HttpResponse:
    """The page; to htmx only the thread, with the profile out of band."""
    return show(request, pk)


def show(request: MemberRequest, pk: UUID, status: int = 200, **more: Any) -> HttpResponse:
    context = thread_context(request, pk) | more
    if request.htmx and not request.htmx.history_restore_request:
        return render(request, "conversations/thread.html", context, status=status)
    return render(request, "conversations/inbox.html", context | list_context(request), status=status)


@for_members
@require_safe
def conversation_events(request: MemberRequest, pk: UUID) -> HttpResponse:
    """`?after=N`: all lines later than N, 204 when there are none. `?before=N`: the page of older ones."""
    conversation = conversation_for(request, pk)
    before, after = (whole_number(request.GET.get(name, "")) for name in ("before", "after"))
    shown = lines.all_lines(conversation)
    if before is not None:
        events, has_older = lines.latest(shown, before=before)
    else:
        events, has_older = lines.later(shown, after=after or 0), False
    if not events:
        return HttpResponse(status=204)
    context = {
        "conversation": conversation,
        "events": events,
        "has_older": has_older,
        "is_catch_up": before is None,
        "rendered_at": timezone.now(),
    }
    return render(request, "conversations/_events.html", context)
