"""The candidate's own page, opened by its secret link: read, answer, fetch files."""

from typing import Any
from uuid import UUID

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from accounts.identifiers import new_id
from accounts.requests import whole_number
from conversations import appointing, lines, refusals
from conversations.attaching import MOST_FILES, uploads_of
from conversations.candidate_door import for_candidate
from conversations.file_rules import FileRules
from conversations.linking import link_opened
from conversations.models import MessageFile, ReplyKey
from conversations.serving import answer_with
from conversations.views.refused import first_error, status_of
from people.robots import is_robot


class MessageForm(forms.Form):
    text = forms.CharField(required=False, max_length=20_000, strip=False)
    client_id = forms.UUIDField(required=False)


@for_candidate
@require_safe
def page(request: HttpRequest, key: ReplyKey) -> HttpResponse:
    return _page(request, key)


@for_candidate
@require_POST
def messages(request: HttpRequest, key: ReplyKey) -> HttpResponse:
    """What the candidate writes; an answer to the page's script, or the page again without it."""
    form = MessageForm(request.POST)
    if not form.is_valid():
        return _refused(request, key, first_error(form), 422)
    said = form.cleaned_data
    try:
        files = uploads_of(request.FILES.getlist("files"), key.conversation.organization)
        message = key.conversation.receive(said["text"], via="web", files=files, client_id=said["client_id"])
    except refusals.Refused as refusal:
        return _refused(request, key, str(refusal), status_of(refusal))
    if not request.headers.get("HX-Request"):
        return redirect("candidate_page", token=key.token)
    context = {"event": lines.fresh(message.event), "conversation": key.conversation, "rendered_at": timezone.now()}
    return render(request, "conversations/_candidate_event.html", context, status=201)


@for_candidate
@require_safe
def events(request: HttpRequest, key: ReplyKey) -> HttpResponse:
    """What the page missed: `?after=N`, the last number it holds."""
    after = whole_number(request.GET.get("after", "")) or 0
    missed = lines.later(lines.candidate_lines(key.conversation), after=after)
    if not missed:
        return HttpResponse(status=204)
    context = {"events": missed, "conversation": key.conversation, "rendered_at": timezone.now()}
    return render(request, "conversations/_candidate_events.html", context)


@for_candidate
@require_POST
def opened(request: HttpRequest, key: ReplyKey) -> HttpResponse:
    """The page says that somebody looks at it: a mail scanner that only fetches it doesn't."""
    if not is_robot(request.headers):
        link_opened(key.conversation, now=timezone.now())
    return HttpResponse(status=204)


@for_candidate
@require_safe
def file(request: HttpRequest, key: ReplyKey, pk: UUID, name: str) -> HttpResponse:
    seen = lines.candidate_lines(key.conversation).values("message")
    return answer_with(
        get_object_or_404(MessageFile.objects.select_related("content"), pk=pk, message__in=seen, withheld="")
    )


def _refused(request: HttpRequest, key: ReplyKey, sentence: str, status: int) -> HttpResponse:
    if request.headers.get("HX-Request"):
        return render(request, "conversations/_candidate_refusal.html", {"sentence": sentence}, status=status)
    return _page(request, key, status=status, refusal=sentence, typed=request.POST.get("text", ""))


def _page(request: HttpRequest, key: ReplyKey, status: int = 200, **more: Any) -> HttpResponse:
    conversation = key.conversation
    events, has_older = lines.latest(lines.candidate_lines(conversation))
    context = {
        "key": key,
        "conversation": conversation,
        "organization": conversation.organization,
        "person": conversation.person,
        "file_rules": FileRules.of(conversation.organization),
        "rendered_at": timezone.now(),
        "events": events,
        "has_older": has_older,
        "client_id": new_id(),
        "most_files": MOST_FILES,
        "appointments": conversation.appointments.filter(starts_at__gt=timezone.now() - appointing.STILL_SHOWN),
    }
    return render(request, "conversations/candidate.html", context | more, status=status)
