"""Filters of the inbox under a name: saved, shared with a team, let go."""

from typing import Any
from uuid import UUID

from django import forms
from django.db import IntegrityError, transaction
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods
from django_htmx.http import HttpResponseClientRedirect

from accounts.access import for_members
from accounts.models import Team
from accounts.requests import MemberRequest
from conversations.listing import VIEWS, Listing
from conversations.models import SavedView

MOST = 30


class NameForm(forms.Form):
    name = forms.CharField(max_length=60)
    team = forms.ModelChoiceField(Team.objects.none(), required=False)

    def __init__(self, *args: Any, teams: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["team"].queryset = teams  # type: ignore[attr-defined]


@require_http_methods(["GET", "POST"])
@for_members
def new(request: MemberRequest, view: str) -> HttpResponse:
    """GET: the dialog that asks for a name. POST saves the filters of the address under it."""
    if view not in VIEWS:
        raise Http404
    listing = Listing(request.member, view, request.GET)
    if request.method == "GET":
        return _dialog(request, listing)
    form = NameForm(request.POST, teams=_teams(request))
    if not form.is_valid():
        return _dialog(request, listing, _("Give it a name of up to 60 letters."))
    if SavedView.objects.filter(member=request.member).count() >= MOST:
        return _dialog(request, listing, _("You have %(most)s saved views. Remove one first.") % {"most": MOST})
    try:
        with transaction.atomic():
            saved = SavedView.objects.create(member=request.member, query=listing.query, **form.cleaned_data)
    except IntegrityError:
        return _dialog(request, listing, _("You have a view of this name already."))
    return HttpResponseClientRedirect(saved.url) if request.htmx else redirect(saved.url)


@require_http_methods(["DELETE"])
@for_members
def saved_view(request: MemberRequest, pk: UUID) -> HttpResponse:
    """Lets one's own go; a shared one goes for the team too."""
    saved = get_object_or_404(SavedView.objects.filter(member=request.member), pk=pk)
    saved.delete()
    return HttpResponseClientRedirect(saved.url)


def _teams(request: MemberRequest) -> Any:
    mine = Team.objects.order_by("name")
    return mine if request.member.sees_everything else mine.filter(members=request.member)


def _dialog(request: MemberRequest, listing: Listing, sentence: str = "") -> HttpResponse:
    context = {
        "listing": listing,
        "teams": _teams(request),
        "typed": request.POST.get("name", ""),
        "sentence": sentence,
    }
    return render(request, "conversations/saved_view.html", context, status=422 if sentence else 200)
