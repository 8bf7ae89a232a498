"""The conversations behind a number."""

from typing import Any

from django.db.models import F, QuerySet
from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from accounts.access import for_members
from accounts.requests import MemberRequest
from conversations.models import Conversation
from delivery.models import Basis
from people.keyset import Keyset, moment
from reports.filters import Filters
from reports.funnel import STAGES, applications, reached
from reports.outcomes import Outcomes
from reports.pressed import pressed
from reports.undelivered import undelivered

PAGE = 50
NEWEST = Keyset("delivered_at", is_descending=True, read=moment)
OLDEST = Keyset("undelivered_since", is_descending=False, read=moment)
LATEST = Keyset("applied_at", is_descending=True, read=moment)


@require_safe
@for_members
def behind(request: MemberRequest) -> HttpResponse:
    """The deliveries that a number of the outcome report counts, newest first."""
    filters = Filters(request.member, request.GET, now=timezone.now())
    rows = Outcomes(filters).deliveries()
    if filters.values.get("basis") != Basis.SPAM:
        rows = rows.exclude(status__basis=Basis.SPAM)
    page, cursor = _page(NEWEST, rows.with_everything(), request)
    context = {
        "filters": filters,
        "back": filters.back,
        "pressed": list(pressed(filters)),
        "deliveries": page,
        "older": cursor and filters.url("reports:behind", before=cursor),
    }
    return render(request, "reports/behind.html", context)


@require_safe
@for_members
def not_delivered(request: MemberRequest) -> HttpResponse:
    """The conversations that the report counts as undelivered, the oldest first."""
    filters = Filters(request.member, request.GET, now=timezone.now())
    rows = undelivered(filters).annotate(undelivered_since=F("leg__started_at")).for_list()
    page, cursor = _page(OLDEST, rows, request)
    context = {
        "filters": filters,
        "back": filters.back,
        "pressed": list(pressed(filters)),
        "conversations": page,
        "older": cursor and filters.url("reports:undelivered", before=cursor),
    }
    return render(request, "reports/undelivered.html", context)


@require_safe
@for_members
def applied(request: MemberRequest) -> HttpResponse:
    """The applications that a number of the funnel counts, latest first, with their conversations."""
    filters = Filters(request.member, request.GET, now=timezone.now())
    stage = filters.values.get("stage", "applied")
    rows = reached(applications(filters), stage).select_related("person", "campaign", "source")
    page, cursor = _page(LATEST, rows, request)
    about = Conversation.objects.visible_to(request.member).filter(application__in=[row.pk for row in page])
    conversations = dict(about.order_by("opened_at").values_list("application", "pk"))
    context = {
        "filters": filters,
        "back": filters.back,
        "pressed": list(pressed(filters)),
        "title": STAGES.get(stage, STAGES["applied"]),
        "rows": [(row, conversations.get(row.pk)) for row in page],
        "older": cursor and filters.url("reports:applied", before=cursor),
    }
    return render(request, "reports/applied.html", context)


def _page(keyset: Keyset, rows: QuerySet[Any], request: MemberRequest) -> tuple[list[Any], str]:
    """One page of the rows, and the cursor of the next; empty at the end."""
    before = request.GET.get("before", "")
    rows = keyset.sorted(rows)
    found = list((keyset.after(rows, before) if before else rows)[: PAGE + 1])
    return found[:PAGE], keyset.cursor(found[PAGE - 1]) if len(found) > PAGE else ""
