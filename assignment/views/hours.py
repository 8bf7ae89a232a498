"""Working hours and days off: a member's own, and the organization's, which hold for who has none."""

from datetime import date
from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.dates import WEEKDAYS
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop
from django.views.decorators.http import require_http_methods

from accounts.access import for_admins, for_members
from accounts.history import note
from accounts.models import Member
from accounts.requests import MemberRequest
from assignment.hours import Stretch, read_day, written
from assignment.models import Holiday
from assignment.schedules import own_stretches, set_schedule

MOST_DAYS_OFF = 200
CHANGED = gettext_noop("Changed the working hours of the organization.")


class HoursForm(forms.Form):
    """A field for each weekday, and the days off, one on a line."""

    days_off = forms.CharField(required=False, max_length=4000, widget=forms.Textarea(attrs={"rows": 4}))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        days = {
            f"day_{number}": forms.CharField(label=name, required=False, max_length=200)
            for number, name in WEEKDAYS.items()
        }
        self.fields = {**days, "days_off": self.fields["days_off"]}
        self.fields["days_off"].label = _("Days off")
        self.fields["days_off"].help_text = _("One on a line, as 2026-12-24.")

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        cleaned["stretches"] = [stretch for number in WEEKDAYS for stretch in self._day(number)]
        return cleaned

    def clean_days_off(self) -> list[date]:
        words = self.cleaned_data["days_off"].replace(",", " ").split()[: MOST_DAYS_OFF + 1]
        try:
            days = [date.fromisoformat(word) for word in words]
        except ValueError:
            raise forms.ValidationError(_("Write days as 2026-12-24.")) from None
        if len(days) > MOST_DAYS_OFF:
            raise forms.ValidationError(_("Up to %(most)s days.") % {"most": MOST_DAYS_OFF})
        return days

    def _day(self, number: int) -> list[Stretch]:
        try:
            return read_day(number, self.cleaned_data.get(f"day_{number}") or "")
        except ValueError as error:
            self.add_error(f"day_{number}", str(error))
            return []


@require_http_methods(["GET", "POST"])
@for_members
def my_hours(request: MemberRequest) -> HttpResponse:
    return _edit(request, request.member, request.member.zone.key)


@require_http_methods(["GET", "POST"])
@for_admins
def our_hours(request: MemberRequest) -> HttpResponse:
    return _edit(request, None, request.organization.time_zone)


def _edit(request: MemberRequest, member: Member | None, zone: str) -> HttpResponse:
    form = HoursForm(request.POST) if request.method == "POST" else HoursForm(initial=_as_typed(member))
    if form.is_bound and form.is_valid():
        set_schedule(member, form.cleaned_data["stretches"], form.cleaned_data["days_off"])
        if member is None:
            note(request.organization, by=request.member, said=CHANGED)
        messages.success(request, _("Working hours are saved."))
        return redirect(request.path)
    context = {"form": form, "member": member, "zone": zone}
    return render(request, "assignment/hours.html", context, status=422 if form.errors else 200)


def _as_typed(member: Member | None) -> dict[str, str]:
    stretches = own_stretches(member)
    days = {f"day_{n}": written([each for each in stretches if each.weekday == n]) for n in WEEKDAYS}
    off = Holiday.objects.filter(member=member).values_list("day", flat=True)
    return days | {"days_off": "\n".join(day.isoformat() for day in off)}
