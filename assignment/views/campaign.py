"""A campaign as those see it who watch over it: who waits, what was promised, who got how much."""

from datetime import timedelta
from uuid import UUID

from django.contrib import messages
from django.db.models import Count
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST, require_safe

from accounts.access import for_supervisors
from accounts.requests import MemberRequest
from assignment.giving import give_oldest, waiting_in
from assignment.models import Promise
from assignment.shares import shares_of
from campaigns.models import Campaign

PERIODS = (7, 30, 90)
MOST_AT_ONCE = 200
MOST_SHOWN = 10


@require_safe
@for_supervisors
def campaigns(request: MemberRequest) -> HttpResponse:
    """The campaigns, open ones first, each with how many are in Auto assign."""
    shown = Campaign.objects.visible_to(request.member).select_related("team").order_by("-state", "name")
    if request.member.chosen_workspace:
        shown = shown.filter(workspace=request.member.chosen_workspace)
    context = {"campaigns": shown.annotate(members_with_access=Count("access"))}
    return render(request, "assignment/campaigns.html", context)


@require_safe
@for_supervisors
def campaign(request: MemberRequest, pk: UUID) -> HttpResponse:
    """`?days=`: over how many days the shares are counted."""
    shown = get_object_or_404(Campaign.objects.visible_to(request.member), pk=pk)
    asked = request.GET.get("days", "")
    days = int(asked) if asked in {str(period) for period in PERIODS} else PERIODS[0]
    since = timezone.now() - timedelta(days=days)
    shares = shares_of(shown, since)
    promises = Promise.objects.filter(campaign=shown, promised_at__gte=since).order_by()
    context = {
        "campaign": shown,
        "days": days,
        "periods": PERIODS,
        "shares": shares,
        "most": max((share.by_rotation for share in shares), default=0),
        "waiting": list(waiting_in(shown).select_related("person", "campaign")[: MOST_SHOWN + 1]),
        "most_shown": MOST_SHOWN,
        "promises": dict(promises.values_list("kept").annotate(Count("pk"))),
    }
    return render(request, "assignment/campaign.html", context)


@require_POST
@for_supervisors
def queue(request: MemberRequest, pk: UUID) -> HttpResponse:
    """Assign now: everybody who waits goes to the next in turn, there or not."""
    chosen = get_object_or_404(Campaign.objects.visible_to(request.member), pk=pk)
    given = 0
    while given < MOST_AT_ONCE and give_oldest(chosen, to_anybody=True):
        given += 1
    if given:
        said = ngettext("%(count)d lead was assigned.", "%(count)d leads were assigned.", given) % {"count": given}
        messages.success(request, said)
    else:
        messages.warning(request, _("Nothing was assigned: nobody waits, or nobody is in Auto assign."))
    return redirect("assignment:campaign", pk=chosen.pk)
