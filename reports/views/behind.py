"""The conversations behind a number."""

from dataclasses import dataclass
from typing import Any

from django.db.models import F, QuerySet
from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from accounts.access import for_members
from accounts.requests import MemberRequest
from conversations.models import Conversation
from delivery.models import Basis
from people.keyset import Keyset, Stretch, by_score, moment, page_of
from reports.filters import Filters
from reports.funnel import STAGES, applications, reached
from reports.outcomes import Outcomes
from reports.pressed import pressed
from reports.undelivered import undelivered

PAGE = 50


@dataclass(frozen=True)
class Order:
    """The usual order of the list at an address, beside that by score; `person` leads from a row to its person."""

    address: str
    title: Any
    keyset: Keyset
    person: str = "person__"

    def choices(self, filters: Filters) -> list[tuple[Any, str, bool]]:
        """Each order: its title, its address, whether it is the chosen one."""
        both = {"": self.title, "score": _("Highest score")}
        chosen = filters.values.get("sort", "")
        return [(title, filters.url(self.address, sort=sort), sort == chosen) for sort, title in both.items()]


DELIVERED = Order(
    "reports:behind", _("Newest"), Keyset("delivered_at", is_descending=True, read=moment), "conversation__person__"
)
UNDELIVERED = Order(
    "reports:undelivered", _("Oldest first"), Keyset("undelivered_since", is_descending=False, read=moment)
)
APPLIED = Order("reports:applied", _("Newest"), Keyset("applied_at", is_descending=True, read=moment))


@require_safe
@for_members
def behind(request: MemberRequest) -> HttpResponse:
    """The deliveries that a number of the outcome report counts, newest or highest score first."""
    filters = Filters(request.member, request.GET, now=timezone.now())
    rows = Outcomes(filters).deliveries()
    if filters.values.get("basis") != Basis.SPAM:
        rows = rows.exclude(status__basis=Basis.SPAM)
    page, about = _page(DELIVERED, rows.with_everything(), filters, request)
    return render(request, "reports/behind.html", {"deliveries": page} | about)


@require_safe
@for_members
def not_delivered(request: MemberRequest) -> HttpResponse:
    """The conversations that the report counts as undelivered, oldest or highest score first."""
    filters = Filters(request.member, request.GET, now=timezone.now())
    rows = undelivered(filters).annotate(undelivered_since=F("leg__started_at")).for_list()
    page, about = _page(UNDELIVERED, rows, filters, request)
    return render(request, "reports/undelivered.html", {"conversations": page} | about)


@require_safe
@for_members
def applied(request: MemberRequest) -> HttpResponse:
    """The applications that a number of the funnel counts, newest or highest score first, with their conversations."""
    filters = Filters(request.member, request.GET, now=timezone.now())
    stage = filters.values.get("stage", "applied")
    rows = reached(applications(filters), stage).select_related("person__scored__temperature", "campaign", "source")
    page, about = _page(APPLIED, rows, filters, request)
    theirs = Conversation.objects.visible_to(request.member).filter(application__in=[row.pk for row in page])
    conversations = dict(theirs.order_by("opened_at").values_list("application", "pk"))
    context = {
        "title": STAGES.get(stage, STAGES["applied"]),
        "rows": [(row, conversations.get(row.pk)) for row in page],
    }
    return render(request, "reports/applied.html", context | about)


def _page(
    usual: Order, rows: QuerySet[Any], filters: Filters, request: MemberRequest
) -> tuple[list[Any], dict[str, Any]]:
    """One page of the rows, and what stands around it; `older` is the address of the next, empty at the end."""
    by_usual: list[Stretch] = [(usual.keyset, {})]
    stretches = by_score(usual.keyset, person=usual.person) if "sort" in filters.values else by_usual
    found, following = page_of(rows, stretches, after=request.GET.get("before", ""), size=PAGE)
    return found, {
        "filters": filters,
        "back": filters.back,
        "pressed": list(pressed(filters)),
        "sorts": usual.choices(filters),
        "older": following and filters.url(usual.address, before=following),
    }
