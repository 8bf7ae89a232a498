"""Campaign settings, Permissions: three columns, saved at once."""

from typing import Any
from uuid import UUID

from django.conf import settings
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.templatetags.static import static
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from accounts.access import for_admins
from accounts.models import Member
from accounts.requests import MemberRequest
from assignment.models import Absence
from assignment.permissions import ChangedMeanwhile, NotPermitted, Permissions, permissions_of, save_permissions
from assignment.turn import absences
from campaigns.models import Campaign

SORTABLE = "sortablejs/sortable.esm.js"


@require_http_methods(["GET", "POST"])
@for_admins
def permissions(request: MemberRequest, pk: UUID) -> HttpResponse:
    """GET: the columns. POST saves them: 409 when somebody else did meanwhile, what was arranged is still there."""
    campaign = get_object_or_404(Campaign.objects.visible_to(request.member), pk=pk)
    if request.method == "GET":
        return _page(request, campaign, permissions_of(campaign))
    try:
        asked = _read(request)
    except ValueError:
        return _page(request, campaign, permissions_of(campaign), _("This can’t be read. Arrange it again."), 422)
    try:
        save_permissions(campaign, asked, by=request.member)
    except ChangedMeanwhile as refusal:
        return _page(request, campaign, asked, _their_changes(campaign, asked, str(refusal)), 409)
    except NotPermitted as refusal:
        return _page(request, campaign, permissions_of(campaign), str(refusal), 422)
    messages.success(request, _("Permissions are saved."))
    return redirect("assignment:permissions", pk=campaign.pk)


def _read(request: MemberRequest) -> Permissions:
    """Raises ValueError."""
    access, auto_assign, seen = ([UUID(pk) for pk in request.POST.getlist(name)] for name in ("access", "auto", "seen"))
    return Permissions([*access, *auto_assign], auto_assign, int(request.POST.get("version", "")[:9]), seen)


def _their_changes(campaign: Campaign, asked: Permissions, sentence: str) -> str:
    """What stands there now, so that nobody's work is overwritten unseen."""
    theirs = permissions_of(campaign)
    names = dict(Member.objects.filter(pk__in=theirs.access).values_list("pk", "user__name"))
    listed = ", ".join(names.get(pk, "—") for pk in theirs.auto_assign) or "—"
    now = _("Auto assign is now: %(names)s. Save again to put yours in its place, or leave this page to keep theirs.")
    return f"{sentence} {now % {'names': listed}}"


def _page(
    request: MemberRequest, campaign: Campaign, shown: Permissions, sentence: str = "", status: int = 200
) -> HttpResponse:
    staff = {member.pk: member for member in Member.objects.staff().select_related("user", "organization")}
    access = [pk for pk in shown.access if pk in staff and pk not in set(shown.auto_assign)]
    turns = [staff[pk] for pk in shown.auto_assign if pk in staff]
    others = [pk for pk in staff if pk not in set(shown.access)]
    current = permissions_of(Campaign.objects.get(pk=campaign.pk))
    context: dict[str, Any] = {
        "campaign": campaign,
        "columns": [
            ("", _("Team members"), _by_name(staff[pk] for pk in others)),
            ("access", _("Members with access"), _by_name(staff[pk] for pk in access)),
            ("auto", _("Auto assign"), turns),
        ],
        "chips": _chips(campaign, turns),
        "version": current.version,
        "seen": current.auto_assign,
        "sortable": static(SORTABLE) if settings.HAS_BROWSER_PACKAGES else "",
        "sentence": sentence,
    }
    return render(request, "assignment/permissions.html", context, status=status)


def _by_name(members: Any) -> list[Member]:
    return sorted(members, key=lambda member: member.name.casefold())


def _chips(campaign: Campaign, turns: list[Member]) -> dict[Any, str]:
    """What stands beside whom: who is next, and who would be skipped."""
    asks = campaign.rotate_over == Campaign.RotateOver.AVAILABLE
    why = absences(turns, timezone.now()) if asks else {}
    words = dict(Absence.choices)
    found = {pk: _("%(why)s, skipped") % {"why": words[Absence(reason)]} for pk, reason in why.items() if reason}
    if following := next((member for member in turns if member.pk not in found), None):
        found[following.pk] = _("next")
    return found
