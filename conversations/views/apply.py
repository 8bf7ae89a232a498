"""Applying: the public pages of an organization's open campaigns, in each campaign's language."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import translation
from django.utils.translation import gettext
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_safe

from accounts import doors
from accounts.counting import counted
from accounts.models import Organization
from accounts.tenancy import enter
from campaigns.models import Campaign, Source
from conversations import applying, refusals
from conversations.apply_form import ApplyForm
from conversations.attaching import MOST_FILES
from conversations.file_rules import FileRules
from people.finding import Applicant

View = Callable[..., HttpResponse]
HOUR_SECONDS = 3600


def for_everybody(view: View) -> View:
    """Enters the organization of the address; calls the view with it. 404 for an unknown one.

    No CSRF token: nobody is signed in here, so there is nobody's authority to borrow.
    """

    @csrf_exempt
    @wraps(view)
    def entered(request: HttpRequest, organization: str, **kwargs: Any) -> HttpResponse:
        organization_id = doors.organization_of_slug(organization)
        if not organization_id:
            raise Http404
        with enter(organization_id):
            response = view(request, Organization.objects.get(pk=organization_id), **kwargs)
            response.headers["Referrer-Policy"] = "strict-origin-when-cross-origin"
            return response

    return entered


@for_everybody
@require_safe
def campaigns(request: HttpRequest, organization: Organization) -> HttpResponse:
    found = Campaign.objects.filter(state=Campaign.State.OPEN).order_by("name")
    context = {"organization": organization, "campaigns": found}
    return _in(organization.language, request, "conversations/apply_campaigns.html", context)


@for_everybody
@require_http_methods(["GET", "HEAD", "POST"])
def apply(request: HttpRequest, organization: Organization, campaign: str) -> HttpResponse:
    found = get_object_or_404(Campaign, slug=campaign)
    with translation.override(found.language):
        if found.state != Campaign.State.OPEN:
            return _show(
                request, found, "conversations/apply_closed.html", status=200 if request.method != "POST" else 409
            )
        if request.method != "POST":
            return _show(request, found, "conversations/apply.html", form=ApplyForm())
        return _applied(request, organization, found)


@for_everybody
@require_safe
def done(request: HttpRequest, organization: Organization, campaign: str) -> HttpResponse:
    found = get_object_or_404(Campaign, slug=campaign)
    with translation.override(found.language):
        return _show(request, found, "conversations/apply_done.html")


def _applied(request: HttpRequest, organization: Organization, campaign: Campaign) -> HttpResponse:
    form = ApplyForm(request.POST, request.FILES, organization=organization)
    sender = request.META.get("REMOTE_ADDR", "")
    if counted(f"applications:{sender}", seconds=HOUR_SECONDS) > settings.APPLICATIONS_IN_AN_HOUR:
        form.add_error(None, gettext("Too many applications came from your network. Please try again in an hour."))
        return _show(request, campaign, "conversations/apply.html", form=form, status=429)
    if not form.is_valid():
        return _show(request, campaign, "conversations/apply.html", form=form, status=413 if form.is_too_large else 422)
    if not form.is_from_machine:
        try:
            _apply(campaign, form, request.GET.get("source", ""))
        except refusals.Refused as refusal:
            form.add_error(None, f"{refusal} {organization.public_email}")
            return _show(request, campaign, "conversations/apply.html", form=form, status=409)
    return redirect("apply_done", organization=organization.slug, campaign=campaign.slug)


def _apply(campaign: Campaign, form: ApplyForm, source: str) -> None:
    said = form.cleaned_data
    applying.apply(
        campaign,
        Applicant(said["name"], said["email"], said["phone"], campaign.language),
        source=Source.objects.filter(slug=source).first() if "\x00" not in source else None,
        text=said["message"],
        files=said["files"],
        via="web",
    )


def _show(request: HttpRequest, campaign: Campaign, template: str, status: int = 200, **more: Any) -> HttpResponse:
    context = {
        "campaign": campaign,
        "organization": campaign.organization,
        "file_rules": FileRules.of(campaign.organization),
        "most_files": MOST_FILES,
    }
    return _in(campaign.language, request, template, context | more, status)


def _in(language: str, request: HttpRequest, template: str, context: dict[str, Any], status: int = 200) -> HttpResponse:
    with translation.override(language):
        response = render(request, template, context, status=status)
    response.headers["Content-Language"] = language
    return response
