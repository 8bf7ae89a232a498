"""Delivering what is selected in the list: the dialog, and what it sends."""

from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_http_methods

from accounts.access import for_members
from accounts.requests import MemberRequest, whole_number
from conversations.bulk import begin
from conversations.refusals import Refused
from conversations.selection import Selection
from conversations.views.bulk import progress
from delivery.choosing import RecipientsForm
from delivery.forms import STARS, SaidForm
from delivery.many import parameters_of
from delivery.models import Procedure
from delivery.outcome import InvalidOutcome
from delivery.recipients import check_recipients, known


@require_http_methods(["GET", "POST"])
@for_members
def many(request: MemberRequest) -> HttpResponse:
    """GET: the dialog. POST begins to deliver what is selected; each team's procedure decides on its own ones."""
    data = request.POST if request.method == "POST" else None
    said, recipients = SaidForm(data), RecipientsForm(data, by=request.member)
    recipients.procedure = Procedure()
    if data is None:
        return _dialog(request, said, recipients)
    if not said.is_valid() or not recipients.is_valid() or said.outcome is None:
        return _dialog(request, said, recipients, status=422)
    try:
        check_recipients(Procedure(status=said.outcome.status), known(recipients.to))
        parameters = parameters_of(said.outcome, recipients.values)
        run = begin("deliver", Selection.read(request.member, data), by=request.member, parameters=parameters)
    except InvalidOutcome as refusal:
        return _dialog(request, said, recipients, recipients_error=str(refusal), status=422)
    except Refused as refusal:
        return _dialog(request, said, recipients, sentence=str(refusal), status=422)
    return progress(request, run)


def _dialog(
    request: MemberRequest, said: SaidForm, recipients: RecipientsForm, *, status: int = 200, **more: Any
) -> HttpResponse:
    asked = request.GET.get("count", "") or request.POST.get("count", "")
    context = {
        "count": whole_number(asked) or 0,
        "outcome": said,
        "statuses": said.offered,
        "stars": STARS,
        "recipients": recipients,
        "procedure": recipients.procedure,
    }
    return render(request, "delivery/many.html", context | more, status=status)
