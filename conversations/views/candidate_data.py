"""What a candidate may know about and decide on: what is stored, and whether they are written to."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from conversations.candidate_door import for_candidate
from conversations.models import Message, MessageFile, ReplyKey
from conversations.stopping import start
from conversations.stopping import stop as stop_conversation


@for_candidate
@require_safe
def stored(request: HttpRequest, key: ReplyKey) -> HttpResponse:
    """Everything that is kept about the person."""
    person = key.conversation.person
    said = Message.objects.filter(conversation__person=person).exclude(kind=Message.Kind.NOTE)
    context = {
        "key": key,
        "organization": key.conversation.organization,
        "person": person,
        "applications": person.applications.select_related("campaign", "source").order_by("applied_at"),
        "messages_count": said.count(),
        "files": MessageFile.objects.filter(message__in=said),
        "activities": person.activities.order_by("happened_at"),
    }
    return render(request, "conversations/candidate_stored.html", context)


@for_candidate
@require_http_methods(["GET", "HEAD", "POST"])
def stop(request: HttpRequest, key: ReplyKey) -> HttpResponse:
    """A page with a button: a link in a mail changes nothing by being opened. A mail program's own button posts without
    anybody looking, and isn't led to another page (RFC 8058, 3.1)."""
    person = key.conversation.person
    if request.method == "POST":
        if request.POST.get("start"):
            start(key.conversation, at=timezone.now())
            messages.success(request, _("We may write to you again."))
        else:
            stop_conversation(key.conversation, at=timezone.now())
            if request.POST.get("List-Unsubscribe") == "One-Click":
                return HttpResponse(status=200)
        return redirect("candidate_stop", token=key.token)
    context = {"key": key, "organization": key.conversation.organization, "person": person}
    return render(request, "conversations/candidate_stop.html", context)
