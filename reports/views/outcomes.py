"""The outcome report, as a page and as CSV of exactly the same."""

from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import gettext_noop
from django.views.decorators.http import require_safe

from accounts.access import for_members
from accounts.history import note
from accounts.requests import MemberRequest
from reports.bars import HATCHED, SHADES
from reports.filters import BREAKDOWNS, Filters
from reports.outcomes import Outcomes
from reports.sections import Sections
from reports.spreadsheet import csv_of

EXPORTED = gettext_noop("Exported the outcomes as CSV.")
CHOICES = {
    "campaign": (_("Campaign"), _("All campaigns")),
    "team": (_("Team"), _("All teams")),
    "temperature": (_("Temperature"), _("All temperatures")),
    "source": (_("Source"), _("All sources")),
    "member": (_("Delivered by"), _("Everyone")),
}


@require_safe
@for_members
def outcomes(request: MemberRequest) -> HttpResponse:
    """Deliveries of a period by status and by source, campaign, team, member, or over time."""
    sections = _sections(request)
    filters = sections.filters
    context = {
        "sections": sections,
        "filters": filters,
        "choices": _choices(sections),
        "breakdowns": [(by, title, filters.url("reports:outcomes", by=by)) for by, title in BREAKDOWNS.items()],
        "shades": [(basis.value, basis.label, HATCHED.get(basis, "")) for basis in SHADES],
        "csv": filters.url("reports:outcomes_csv"),
    }
    return render(request, "reports/outcomes.html", context)


@require_safe
@for_members
def outcomes_csv(request: MemberRequest) -> HttpResponse:
    """The tables of the page, one under the other."""
    sections = _sections(request)
    period = sections.filters.period
    lines = (line for table in sections.tables() if table.rows for line in table.lines())
    note(request.organization, by=request.member, said=EXPORTED)
    return csv_of(f"outcomes-{period.first}-{period.last}", lines)


def _sections(request: MemberRequest) -> Sections:
    return Sections(Outcomes(Filters(request.member, request.GET, now=timezone.now())))


def _choices(sections: Sections) -> list[dict[str, Any]]:
    """What the report can be narrowed to; where there is nothing to choose from, nothing is asked."""
    names, values = sections.report.known.names, sections.filters.values
    return [
        {"name": name, "label": label, "all": every, "chosen": str(values.get(name, "")), "rows": names[name].items()}
        for name, (label, every) in CHOICES.items()
        if names[name]
    ]
