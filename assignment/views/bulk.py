"""Giving many conversations to somebody: the dialog, and what it sends."""

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from accounts.access import for_members
from accounts.requests import MemberRequest, whole_number
from assignment.candidates import with_campaigns
from assignment.views.new import NewOwner
from conversations.bulk import begin
from conversations.refusals import Refused
from conversations.selection import Selection
from conversations.views.bulk import progress


@require_http_methods(["GET", "POST"])
@for_members
def bulk(request: MemberRequest) -> HttpResponse:
    """GET: the dialog. POST: begins to give what is selected to `member` (none: back to the queue)."""
    if request.method == "GET":
        return _dialog(request)
    form = NewOwner(request.POST)
    if not form.is_valid():
        return _dialog(request, _("Choose a member."), status=422)
    member = form.cleaned_data["member"]
    try:
        selection = Selection.read(request.member, request.POST)
        run = begin("assign", selection, by=request.member, parameters={"member": str(member.pk) if member else ""})
    except Refused as refusal:
        return _dialog(request, str(refusal), status=422)
    return progress(request, run)


def _dialog(request: MemberRequest, sentence: str = "", *, status: int = 200) -> HttpResponse:
    asked = request.GET.get("count", "") or request.POST.get("count", "")
    context = {
        "count": whole_number(asked) or 0,
        "rows": with_campaigns(),
        "may_put_back": request.member.sees_everything or request.organization.recruiters_may_hand_over,
        "sentence": sentence,
    }
    return render(request, "assignment/bulk.html", context, status=status)
