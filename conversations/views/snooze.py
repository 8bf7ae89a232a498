"""Putting a conversation out of sight until a time."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from uuid import UUID
from zoneinfo import ZoneInfo

from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from accounts.access import for_members
from accounts.requests import MemberRequest
from conversations import refusals
from conversations.models import Conversation
from conversations.moments import read_moment
from conversations.views.changed import changed, refused_in_dialog
from conversations.views.thread import conversation_for

MORNING = time(9)


@dataclass(frozen=True)
class Choice:
    title: str
    until: datetime


def choices(now: datetime, zone: ZoneInfo) -> Iterator[Choice]:
    """In an hour, and mornings to come in the reader's zone."""
    today = now.astimezone(zone).date()
    next_monday = today + timedelta(days=7 - today.weekday())
    yield Choice(_("In an hour"), now + timedelta(hours=1))
    yield Choice(_("Tomorrow morning"), datetime.combine(today + timedelta(days=1), MORNING, zone))
    yield Choice(_("Monday morning"), datetime.combine(next_monday, MORNING, zone))
    yield Choice(_("In a month"), datetime.combine(today + timedelta(days=30), MORNING, zone))


@for_members
@require_http_methods(["GET", "POST", "DELETE"])
def snooze(request: MemberRequest, pk: UUID) -> HttpResponse:
    """GET: the dialog. POST `until` (ISO 8601; the reader's zone if it names none). DELETE wakes it."""
    conversation = conversation_for(request, pk)
    if request.method == "GET":
        return _dialog(request, conversation)
    try:
        if request.method == "DELETE":
            conversation.wake(by=request.member)
        else:
            until = read_moment(request.POST.get("until", ""), zone_of(request))
            conversation.snooze(until, by=request.member)
    except refusals.Refused as refusal:
        return refused_in_dialog(_dialog, request, conversation, refusal)
    return changed(request, conversation)


def zone_of(request: MemberRequest) -> ZoneInfo:
    """The zone in which this member reads and types times."""
    return ZoneInfo(request.user.time_zone) if request.user.time_zone else request.organization.zone


def _dialog(request: MemberRequest, conversation: Conversation, sentence: str = "", status: int = 200) -> HttpResponse:
    now = timezone.now()
    context = {
        "conversation": conversation,
        "choices": list(choices(now, zone_of(request))),
        "zone": zone_of(request).key,
        "sentence": sentence,
    }
    return render(request, "conversations/_snooze.html", context, status=status)
