"""What members say happened with a person: calls, notes and appointments, with their time."""

from datetime import datetime, timedelta
from uuid import UUID

from django import forms
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_POST

from accounts.access import for_members
from accounts.identifiers import new_id
from accounts.requests import MemberRequest
from people.happening import happened
from people.models import Activity, Person

BY_HAND = ["call", "note", "appointment_made", "appointment_held", "appointment_missed"]
SHOWN = 30
AHEAD = timedelta(minutes=5)
EARLIEST_YEAR = 1970


class HappenedForm(forms.Form):
    """The time is by the reader's clock; `client_id` keeps a double click from being two."""

    kind = forms.ChoiceField(choices=[(kind, Activity.Kind(kind).label) for kind in BY_HAND], label=_("What"))
    at = forms.DateTimeField(
        label=_("When"),
        input_formats=["%Y-%m-%dT%H:%M", "%Y-%m-%dT%H:%M:%S"],
        widget=forms.DateTimeInput(attrs={"type": "datetime-local"}, format="%Y-%m-%dT%H:%M"),
    )
    text = forms.CharField(max_length=300, required=False, label=_("In a few words"))
    client_id = forms.UUIDField(widget=forms.HiddenInput, initial=new_id)

    def clean_at(self) -> datetime:
        at = self.cleaned_data["at"]
        if at > timezone.now() + AHEAD:
            raise forms.ValidationError(_("That is still to come."))
        if at.year < EARLIEST_YEAR:
            raise forms.ValidationError(_("That was before 1970."))
        return at

    def keep(self, person: Person, request: MemberRequest) -> None:
        said = self.cleaned_data
        facts = {"by": request.member, "text": said["text"]}
        happened(said["kind"], person_id=person.pk, subject=f"hand:{said['client_id']}", at=said["at"], **facts)


def latest(person: Person) -> list[Activity]:
    """The newest activities, with who entered them."""
    return list(person.activities.select_related("by__user").order_by("-happened_at", "-pk")[:SHOWN])


@require_POST
@for_members
def activities(request: MemberRequest, pk: UUID) -> HttpResponse:
    from people.views.person import person_for, shown

    found = person_for(request, pk)
    form = HappenedForm(request.POST)
    if not form.is_valid():
        return shown(request, found, happened=form)
    form.keep(found, request)
    return redirect("person", pk)
