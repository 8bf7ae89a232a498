"""What is selected in the list, and what becomes of an action on all of it."""

from uuid import UUID

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_http_methods, require_safe
from django_htmx.http import trigger_client_event

from accounts.access import for_members
from accounts.requests import MemberRequest
from conversations import bulk
from conversations.listing import VIEWS, Listing
from conversations.models import BulkRun
from conversations.refusals import Refused
from conversations.selection import MOST, how_many

FINISHED = {BulkRun.State.DONE, BulkRun.State.UNDONE}


@require_safe
@for_members
def selection(request: MemberRequest, view: str) -> HttpResponse:
    """The bar over a list in which somebody selects: how many match its filters, and what can be done to them."""
    if view not in VIEWS:
        raise Http404
    listing = Listing(request.member, view, request.GET)
    context = {
        "listing": listing,
        "total": how_many(listing),
        "most": MOST,
        "actions": bulk.offered_to(request.member),
    }
    return render(request, "conversations/_selection.html", context)


@require_http_methods(["GET", "DELETE"])
@for_members
def bulk_run(request: MemberRequest, pk: UUID) -> HttpResponse:
    """GET: how far it is. DELETE undoes it."""
    run = get_object_or_404(BulkRun.objects.filter(by=request.member), pk=pk)
    sentence = ""
    if request.method == "DELETE":
        try:
            bulk.undo(run)
        except Refused as refusal:
            sentence = str(refusal)
    return _show(request, "conversations/_bulk_progress.html", run, sentence)


def progress(request: MemberRequest, run: BulkRun) -> HttpResponse:
    """The dialog that shows how far a run is that has just begun; the list lets go of what was selected."""
    return trigger_client_event(_show(request, "conversations/bulk.html", run), "bulk-began")


def _show(request: MemberRequest, template: str, run: BulkRun, sentence: str = "") -> HttpResponse:
    counts = bulk.counts_of(run)
    total = sum(counts.values())
    context = {
        "run": run,
        "counts": counts,
        "total": total,
        "through": total - counts["done" if run.state == BulkRun.State.UNDOING else "waiting"],
        "is_finished": run.state in FINISHED,
        "can_be_undone": bulk.can_be_undone(run),
        "refused": bulk.refused_of(run) if run.state in FINISHED else [],
        "sentence": sentence,
    }
    return render(request, template, context)
