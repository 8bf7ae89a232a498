"""The outcome report, as a page and as CSV of exactly the same."""

from collections.abc import Iterator
from typing import Any
from urllib.parse import urlencode

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from accounts.access import for_members
from accounts.models import Member
from accounts.requests import MemberRequest
from campaigns.models import Campaign
from delivery.models import Basis
from reports.bars import SHADES, longest_of, segments
from reports.filters import BREAKDOWNS, Filters
from reports.funnel import STAGES, Funnel, funnels
from reports.outcomes import Figures, Outcomes
from reports.spreadsheet import csv_of

MOST_FUNNELS = 12


@require_safe
@for_members
def outcomes(request: MemberRequest) -> HttpResponse:
    """Deliveries of a period by status and source, campaign or member."""
    report = Outcomes(Filters(request.member, request.GET, now=timezone.now()))
    found = funnels(report.filters)
    context = {
        "report": report,
        "filters": report.filters,
        "breakdowns": [(by, title, report.filters.url("reports:outcomes", by=by)) for by, title in BREAKDOWNS.items()],
        "rows": [_row(figures, report) for figures in report.broken_down],
        "shades": [(basis.value, basis.label) for basis in SHADES],
        "funnels": [_linked(funnel, report.filters) for funnel in found[:MOST_FUNNELS]],
        "why_not": [(why, report.filters.url("reports:behind", reason=why.key)) for why in report.why_not],
        "campaigns": Campaign.objects.visible_to(request.member).order_by("name"),
        "members": Member.objects.staff().select_related("user").order_by("user__name"),
        "change": report.all.total - report.total_before,
        "urls": _urls(report.filters),
    }
    return render(request, "reports/outcomes.html", context)


@require_safe
@for_members
def outcomes_csv(request: MemberRequest) -> HttpResponse:
    report = Outcomes(Filters(request.member, request.GET, now=timezone.now()))
    period = report.filters.period
    return csv_of(f"outcomes-{period.first}-{period.last}", _lines(report))


def _row(figures: Figures, report: Outcomes) -> dict[str, Any]:
    """One line of the table: each number with the address of what is behind it."""
    filters = report.filters
    here = {filters.by: figures.key}
    return {
        "figures": figures,
        "url": filters.url("reports:behind", **here),
        "cells": [
            (figures.by_status.get(status.slug, 0), filters.url("reports:behind", status=status.slug, **here))
            for status in report.statuses
        ],
        "segments": segments(figures, longest_of(report.broken_down)),
    }


def _linked(funnel: Funnel, filters: Filters) -> dict[str, Any]:
    steps = [(s, filters.url("reports:applied", stage=s.stage, source=funnel.key)) for s in funnel.steps]
    return {"source": funnel.source, "steps": steps}


def _urls(filters: Filters) -> dict[str, str]:
    inbox: dict[str, object] = {
        name: str(filters.values[name]) for name in ("campaign", "member") if name in filters.values
    }
    return {
        "csv": filters.url("reports:outcomes_csv"),
        "delivered": filters.url("reports:behind"),
        "qualified": filters.url("reports:behind", basis=Basis.QUALIFIED),
        "spam": filters.url("reports:behind", basis=Basis.SPAM),
        "undelivered": f"{reverse('inbox', args=['undelivered'])}?{urlencode(inbox)}",
    }


def _lines(report: Outcomes) -> Iterator[list[Any]]:
    """The tables of the page, one under the other."""
    statuses = report.statuses
    title = str(BREAKDOWNS[report.filters.by])
    yield [title, *(s.name for s in statuses), _("Deliveries"), _("Qualified, %"), _("Rating")]
    for row in report.broken_down:
        counts = [row.by_status.get(status.slug, 0) for status in statuses]
        yield [row.name, *counts, row.total, row.qualified_share, row.rating]
    yield [_("Spam, not counted"), report.spam]
    yield []
    yield [_("From application to hire"), *(str(name) for name in STAGES.values())]
    for funnel in funnels(report.filters)[:MOST_FUNNELS]:
        yield [funnel.source, *(step.count for step in funnel.steps)]
    yield []
    yield [_("Status"), _("Reason"), _("Deliveries"), _("Share, %")]
    for why in report.why_not:
        yield [why.status, why.reason, why.count, why.share]
