"""The deliver dialog: two steps in one form. The server decides when a step is done."""

from typing import Any
from uuid import UUID

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_http_methods
from django_htmx.http import HttpResponseClientRedirect

from accounts.access import for_guests_too
from accounts.requests import MemberRequest
from conversations.models import Conversation
from conversations.refusals import Refused
from conversations.views.changed import changed
from delivery.choosing import RecipientsForm
from delivery.delivering import AlreadyDelivered, deliver, last_delivery
from delivery.forms import STARS, OutcomeForm
from delivery.outcome import InvalidOutcome
from delivery.procedures import procedure_of

OUTCOME, RECIPIENTS, DONE = "outcome", "recipients", "done"


@require_http_methods(["GET", "POST"])
@for_guests_too
def new(request: MemberRequest, pk: UUID) -> HttpResponse:
    """GET: the dialog. POST with `step`: what to go to next, `recipients` or `done`, or back to `outcome`."""
    if request.method == "GET":
        return Dialog(request, pk).show(OUTCOME)
    step = request.POST.get("step", DONE)
    return Dialog(request, pk, is_to_change=step not in {OUTCOME, RECIPIENTS}).go_to(step)


class Dialog:
    """One exchange of the dialog: its two forms, and the step that is shown next with whatever was typed."""

    def __init__(self, request: MemberRequest, pk: UUID, *, is_to_change: bool = False) -> None:
        self.request, self.member = request, request.member
        rows = Conversation.objects.select_related("person", "application")
        try:
            if is_to_change:
                self.conversation = rows.get_locked(pk, self.member)
            else:
                self.conversation = rows.select_related("campaign").visible_to(self.member).get(pk=pk)
        except Conversation.DoesNotExist:
            raise Http404 from None
        if self.member.is_guest and self.conversation.owner_id != self.member.pk:
            raise Http404  # a guest delivers onward what they took up
        data = request.POST if request.method == "POST" else None
        self.outcome = OutcomeForm(data, conversation=self.conversation, by=self.member)
        self.recipients = RecipientsForm(data, by=self.member)

    def go_to(self, step: str) -> HttpResponse:
        if step == OUTCOME:
            return self.show(OUTCOME)
        if not self.outcome.is_valid():
            return self.show(OUTCOME, status=422)
        if step == RECIPIENTS:
            return self.show(RECIPIENTS)
        if not self.recipients.is_valid():
            return self.show(RECIPIENTS, status=422)
        return self.done()

    def done(self) -> HttpResponse:
        assert self.outcome.outcome
        person = self.conversation.person
        try:
            delivery = deliver(self.conversation, self.outcome.outcome, by=self.member, to=self.recipients.to)
        except AlreadyDelivered as refusal:
            return self.show(RECIPIENTS, str(refusal), status=409)
        except InvalidOutcome as refusal:
            sentence = refusal.errors.pop("recipients", "")
            return self.show(RECIPIENTS, " ".join(refusal.errors.values()), recipients_error=sentence, status=422)
        except Refused as refusal:
            return self.show(RECIPIENTS, str(refusal), status=409)
        if self.member.is_guest:
            return HttpResponseClientRedirect(reverse("delivery:received"))
        response = changed(self.request, self.conversation)
        response.write(
            render(self.request, "delivery/_done.html", {"person": person, "status": delivery.status}).content
        )
        return response

    def show(self, step: str, sentence: str = "", *, status: int = 200, **more: Any) -> HttpResponse:
        if step == OUTCOME and not self.conversation.is_open and (first := last_delivery(self.conversation)):
            sentence = str(AlreadyDelivered(first))
        if step == RECIPIENTS and self.outcome.outcome:
            self.recipients.procedure = procedure_of(self.conversation, self.outcome.outcome.status)
        context = {
            "step": step,
            "sentence": sentence,
            "conversation": self.conversation,
            "outcome": self.outcome,
            "statuses": self.outcome.offered,
            "stars": STARS,
            "recipients": self.recipients,
            "procedure": self.recipients.procedure,
        }
        return render(self.request, "delivery/new.html", context | more, status=status)
