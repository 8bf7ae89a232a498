"""What is answered to something that can't be said: the reason at its place, and nothing typed is lost."""

from django import forms
from django.http import HttpResponse
from django.shortcuts import render

from accounts.requests import MemberRequest
from conversations import refusals
from conversations.models import Conversation
from conversations.views.thread import show


def refused(request: MemberRequest, conversation: Conversation, sentence: str, status: int) -> HttpResponse:
    """To htmx the sentence alone, for the composer; else the thread again, with what was typed."""
    if request.htmx:
        return render(request, "conversations/_refusal.html", {"sentence": sentence}, status=status)
    is_note = request.POST.get("kind") == "note"
    typed = {"refusal": sentence, "typed": request.POST.get("text", ""), "is_note": is_note}
    return show(request, conversation.pk, status=status, **typed)


def status_of(refusal: refusals.Refused) -> int:
    """413: too much of files. 409: the conversation isn't as its author knows it. 422: it can't be said at all."""
    if isinstance(refusal, refusals.TooLarge | refusals.TooMany):
        return 413
    return 409 if isinstance(refusal, refusals.Unseen | refusals.Rejected) else 422


def first_error(form: forms.Form) -> str:
    return str(next(iter(form.errors.values()))[0])
