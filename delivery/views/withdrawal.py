"""Withdrawing a delivery: asked for once more before it happens."""

from uuid import UUID

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_http_methods

from accounts.access import for_members
from accounts.requests import MemberRequest
from conversations.refusals import Refused
from conversations.views.changed import changed
from delivery.models import Delivery
from delivery.withdrawing import may_withdraw, withdraw


@require_http_methods(["GET", "POST"])
@for_members
def withdrawal(request: MemberRequest, pk: UUID) -> HttpResponse:
    """GET: the dialog that says what will happen. POST withdraws the delivery."""
    delivery = get_object_or_404(Delivery.objects.visible_to(request.member).with_everything(), pk=pk)
    if not may_withdraw(delivery, request.member):
        raise Http404
    if request.method == "GET":
        return render(request, "delivery/withdrawal.html", {"delivery": delivery})
    try:
        withdraw(delivery, by=request.member)
    except Refused as refusal:
        context = {"delivery": delivery, "sentence": str(refusal)}
        return render(request, "delivery/withdrawal.html", context, status=409)
    return changed(request, delivery.conversation)
