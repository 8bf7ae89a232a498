"""Giving a conversation to somebody by hand: the dialog, and what it sends."""

from typing import Any
from uuid import UUID

from django import forms
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods
from django_htmx.http import HttpResponseClientRedirect

from accounts.access import for_members
from accounts.models import Member
from accounts.requests import MemberRequest
from assignment.assigning import assign
from assignment.candidates import assignable
from assignment.models import Because
from assignment.permission import check_assignment, may_assign_to_others, may_take
from conversations.models import Conversation
from conversations.refusals import Faster, Refused
from conversations.views.changed import changed


class NewOwner(forms.Form):
    """`member` empty: back to the queue. `seen` is the owner the dialog showed, so that nobody is overruled unseen."""

    member = forms.ModelChoiceField(Member.objects.none(), required=False)
    seen = forms.UUIDField(required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["member"].queryset = Member.objects.staff().select_related("user")  # type: ignore[attr-defined]


@require_http_methods(["GET", "POST"])
@for_members
def new(request: MemberRequest, pk: UUID) -> HttpResponse:
    """GET: the dialog. POST: gives the conversation to `member`."""
    visible = Conversation.objects.visible_to(request.member)
    conversation = get_object_or_404(visible.select_related("person", "owner__user", "campaign"), pk=pk)
    if request.method == "GET":
        return _dialog(request, conversation)
    form = NewOwner(request.POST)
    if not form.is_valid():
        return _dialog(request, conversation, _("Choose a member."), status=422)
    member = form.cleaned_data["member"]
    because = Because.TAKEN if member == request.member else Because.BY_HAND
    try:
        check_assignment(request.member, conversation, member)
        assign(conversation, member, because=because, by=request.member, instead_of=form.cleaned_data["seen"])
    except Faster as refusal:
        return _dialog(request, conversation, str(refusal), status=409)
    except Refused as refusal:
        return _dialog(request, conversation, str(refusal), status=422)
    if not visible.filter(pk=pk).exists():  # handed over to another campaign's member, and out of sight
        return HttpResponseClientRedirect(reverse("inbox", args=["mine"]))
    return changed(request, conversation)


def _dialog(
    request: MemberRequest, conversation: Conversation, sentence: str = "", *, status: int = 200
) -> HttpResponse:
    may_assign = may_assign_to_others(request.member, conversation)
    context = {
        "conversation": conversation,
        "rows": assignable(conversation, request.member),
        "may_take": may_take(request.member, conversation) and conversation.owner != request.member,
        "may_put_back": may_assign and conversation.owner is not None,
        "history": conversation.assignments.select_related("member__user", "by__user"),
        "sentence": sentence,
    }
    return render(request, "assignment/new.html", context, status=status)
