"""What a recipient sends from the page of a delivery."""

from uuid import UUID

from django.contrib import messages as notices
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from accounts.access import for_guests_too
from accounts.requests import MemberRequest
from conversations.refusals import Refused
from delivery import answering
from delivery.taking_up import take_up, write_to_candidate
from delivery.views.received import delivery_for, show


@require_POST
@for_guests_too
def answer(request: MemberRequest, pk: UUID) -> HttpResponse:
    """`answer`: accepted, or with a `text` not_a_fit or asked_back."""
    delivery = delivery_for(request, pk)
    said, text = request.POST.get("answer", ""), request.POST.get("text", "")
    try:
        answering.answer(delivery, said, by=request.member, text=text)
    except answering.InvalidAnswer as refusal:
        return show(request, delivery, answer_error=str(refusal), status=422)
    except Refused as refusal:
        return show(request, delivery, sentence=str(refusal), status=409)
    notices.success(request, _("Thank you. %(name)s is told.") % {"name": delivery.author.name})
    return redirect("delivery:shown", pk)


@require_POST
@for_guests_too
def leg(request: MemberRequest, pk: UUID) -> HttpResponse:
    """Takes the conversation up: the next leg begins, and this member has it."""
    delivery = delivery_for(request, pk)
    try:
        take_up(delivery.conversation, by=request.member)
    except Refused as refusal:
        return show(request, delivery, sentence=str(refusal), status=409)
    if request.member.is_guest:
        return redirect("delivery:shown", pk)
    return redirect("conversation", delivery.conversation_id)


@require_POST
@for_guests_too
def messages(request: MemberRequest, pk: UUID) -> HttpResponse:
    """A note, or with `to=candidate` a reply to the candidate."""
    delivery = delivery_for(request, pk)
    text = request.POST.get("text", "")
    try:
        if request.POST.get("to") == "candidate":
            write_to_candidate(delivery, text, by=request.member)
        else:
            delivery.conversation.note(text, by=request.member)
    except Refused as refusal:
        return show(request, delivery, sentence=str(refusal), status=422)
    return redirect("delivery:shown", pk)
