"""Appointments of a conversation: the dialogs that make one and change it, and what stands in the profile."""

from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

from django import forms
from django.db.models import Q
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.utils.dateparse import parse_datetime
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods, require_safe

from accounts.access import for_members
from accounts.models.organization import validate_time_zone
from accounts.requests import MemberRequest
from conversations import appointing, refusals
from conversations.models import Appointment, Conversation
from conversations.views.changed import changed
from conversations.views.thread import conversation_for

SHOWN = 5


class PlanForm(forms.Form):
    """What an appointment is to be; the time is the person's own clock's."""

    title = forms.CharField(max_length=120, label=_("What"))
    starts_at = forms.CharField(
        max_length=19, label=_("Date and time"), widget=forms.DateTimeInput(attrs={"type": "datetime-local"})
    )
    time_zone = forms.CharField(max_length=64, validators=[validate_time_zone], label=_("Time zone of the person"))
    minutes = forms.IntegerField(min_value=5, max_value=24 * 60, label=_("Minutes"))
    place = forms.CharField(
        max_length=300, required=False, label=_("Where"), help_text=_("An address, a link, a number.")
    )

    def clean_starts_at(self) -> datetime:
        """Without a zone: it is the person's clock that is meant."""
        try:
            at = parse_datetime(self.cleaned_data["starts_at"])
        except ValueError:
            at = None
        if at is None or timezone.is_aware(at):
            raise forms.ValidationError(_("Choose a day and a time."))
        return at

    def plan(self) -> appointing.Plan:
        """Raises NoSuchTime."""
        said = self.cleaned_data
        zone = ZoneInfo(said["time_zone"])
        local = said["starts_at"].replace(tzinfo=zone)
        if local.astimezone(UTC).astimezone(zone).replace(tzinfo=None) != local.replace(tzinfo=None):
            raise refusals.NoSuchTime
        return appointing.Plan(said["title"], local, said["minutes"], zone, said["place"])


@for_members
@require_http_methods(["GET", "POST"])
def new(request: MemberRequest, pk: UUID) -> HttpResponse:
    """GET: the dialog. POST: makes the appointment and invites the person."""
    conversation = conversation_for(request, pk)
    if request.method == "GET":
        return _dialog(request, conversation, PlanForm(initial=_proposal(conversation)))
    form = PlanForm(request.POST)
    if not form.is_valid():
        return _dialog(request, conversation, form, status=422)
    try:
        appointing.appoint(conversation, form.plan(), by=request.member)
    except refusals.Refused as refusal:
        return _dialog(request, conversation, form, str(refusal), status=422)
    return changed(request, conversation)


@for_members
@require_http_methods(["GET", "POST"])
def appointment(request: MemberRequest, pk: UUID) -> HttpResponse:
    """GET: the dialog of one. POST `what`: move, cancel, held, missed."""
    visible = Conversation.objects.visible_to(request.member)
    one = get_object_or_404(Appointment.objects.select_related("conversation__person"), pk=pk, conversation__in=visible)
    form = PlanForm(request.POST or None, initial=_as_it_is(one))
    if request.method == "GET":
        return _dialog(request, one.conversation, form, appointment=one)
    what = request.POST.get("what", "")
    if what == "move" and not form.is_valid():
        return _dialog(request, one.conversation, form, status=422, appointment=one)
    try:
        _do(request, one, what, form)
    except refusals.Refused as refusal:
        return _dialog(request, one.conversation, form, str(refusal), status=422, appointment=one)
    return changed(request, one.conversation)


def _do(request: MemberRequest, one: Appointment, what: str, form: PlanForm) -> None:
    if what == "move":
        appointing.move(one, form.plan(), by=request.member)
    elif what == "cancel":
        appointing.cancel(one, by=request.member)
    elif what in {"held", "missed"}:
        appointing.close(one, held=what == "held", by=request.member)


@for_members
@require_safe
def of_conversation(request: MemberRequest, pk: UUID) -> HttpResponse:
    """The newest appointments, for the profile; those that wait for an answer or an end come first."""
    conversation = conversation_for(request, pk)
    by_state = conversation.appointments.alias(is_over=~Q(state__in=Appointment.OPEN))
    shown = by_state.order_by("is_over", "-starts_at")[:SHOWN]
    return render(request, "conversations/_appointments.html", {"appointments": shown, "now": timezone.now()})


def _proposal(conversation: Conversation) -> dict[str, Any]:
    """Tomorrow at ten by the person's clock."""
    zone = conversation.person_zone
    tomorrow = timezone.now().astimezone(zone).date() + timedelta(days=1)
    at = f"{tomorrow.isoformat()}T10:00"
    return {"title": str(_("Interview")), "starts_at": at, "time_zone": zone.key, "minutes": 30}


def _as_it_is(one: Appointment) -> dict[str, Any]:
    at = one.starts_at.astimezone(one.zone).strftime("%Y-%m-%dT%H:%M")
    return {
        "title": one.title, "starts_at": at, "time_zone": one.time_zone, "minutes": one.minutes, "place": one.place,
    }  # fmt: skip


def _dialog(
    request: MemberRequest,
    conversation: Conversation,
    form: PlanForm,
    sentence: str = "",
    *,
    status: int = 200,
    appointment: Appointment | None = None,
) -> HttpResponse:
    context = {
        "conversation": conversation, "form": form, "sentence": sentence, "appointment": appointment,
        "is_past": bool(appointment and appointment.starts_at <= timezone.now()),
    }  # fmt: skip
    return render(request, "conversations/appointment.html", context, status=status)
