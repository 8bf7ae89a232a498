from uuid import UUID
from zoneinfo import ZoneInfo

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.views.decorators.http import require_safe

from accounts.access import for_members
from accounts.requests import MemberRequest
from people.models import Person, Temperature
from scoring.chart import chart
from scoring.days import scoring_day
from scoring.history import history, rules_about, ways_to

SHOWN = 50


@require_safe
@for_members
def why(request: MemberRequest, pk: UUID) -> HttpResponse:
    """The score panel of a person's profile: the total, each record with the day it lapses, and what is missing."""
    person = get_object_or_404(Person.objects.visible_to(request.member).select_related("scored__temperature"), pk=pk)
    records = person.records.select_related("activity", "inactivity_rule").order_by("-happened_at", "-pk")
    hottest = Temperature.hottest()
    context = {
        "person": person,
        "records": records[:SHOWN],
        "more": max(0, records.count() - SHOWN),
        "hottest": hottest,
        "ways": ways_to(hottest, person, rules_about(person)),
    }
    return render(request, "scoring/why.html", context)


@require_safe
@for_members
def past(request: MemberRequest, pk: UUID) -> HttpResponse:
    """The total of the last 90 days as a line, with the table behind it."""
    person = get_object_or_404(Person.objects.visible_to(request.member), pk=pk)
    zone: ZoneInfo = request.organization.zone
    days = history(person, today=scoring_day(timezone.now(), zone), zone=zone)
    hottest = Temperature.hottest()
    changes = [day for before, day in zip([None, *days], days, strict=False) if not before or before.total != day.total]
    context = {"chart": chart(days, hottest.lower if hottest else None), "changes": changes[::-1], "hottest": hottest}
    return render(request, "scoring/past.html", context)
