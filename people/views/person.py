from uuid import UUID

from django.db.models import QuerySet
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts.access import for_members
from accounts.requests import MemberRequest
from people.editing import LONGEST_TAG, Address, Facts, add_tag, remove_tag, write_to
from people.models import Person, Tag
from people.views.activities import HappenedForm, latest


def person_for(request: MemberRequest, pk: UUID) -> Person:
    """The person, if this member may see them. Raises Http404."""
    related: QuerySet[Person] = Person.objects.visible_to(request.member).select_related(
        "scored__temperature", "status"
    )
    return get_object_or_404(related.prefetch_related("emails", "phones", "tags"), pk=pk)


@require_safe
@for_members
def person(request: MemberRequest, pk: UUID) -> HttpResponse:
    return shown(request, person_for(request, pk))


@require_POST
@for_members
def facts(request: MemberRequest, pk: UUID) -> HttpResponse:
    found = person_for(request, pk)
    form = Facts(request.POST, instance=found)
    if form.is_valid():
        form.save()
        return redirect("person", pk)
    return shown(request, person_for(request, pk), facts=form)


@require_POST
@for_members
def addresses(request: MemberRequest, pk: UUID) -> HttpResponse:
    """Adds an email address or a phone number."""
    found = person_for(request, pk)
    form = Address(found, request.POST)
    if form.is_valid():
        form.add()
    return shown(request, found, address=form) if form.errors else redirect("person", pk)


@require_POST
@for_members
def address(request: MemberRequest, pk: UUID, address: int) -> HttpResponse:
    """Makes it the one that mails go to."""
    write_to(get_object_or_404(person_for(request, pk).emails, pk=address))
    return redirect("person", pk)


@require_POST
@for_members
def tags(request: MemberRequest, pk: UUID) -> HttpResponse:
    found = person_for(request, pk)
    if add_tag(found, request.POST.get("name", "")) is None:
        words = _("A tag has 1 to %(most)d letters.") % {"most": LONGEST_TAG}
        return _tags(request, found, words, 422)
    return _tags(request, person_for(request, pk))


@require_http_methods(["DELETE"])
@for_members
def tag(request: MemberRequest, pk: UUID, tag: UUID) -> HttpResponse:
    remove_tag(person_for(request, pk), get_object_or_404(Tag, pk=tag))
    return _tags(request, person_for(request, pk))


def _tags(request: MemberRequest, person: Person, error: str = "", status: int = 200) -> HttpResponse:
    return render(request, "people/_tags.html", {"person": person, "error": error}, status=status)


def shown(request: MemberRequest, person: Person, **forms: Facts | Address | HappenedForm) -> HttpResponse:
    """The person's page; with a form that was refused, open at its place with what was typed."""
    context = {
        "person": person,
        "facts": forms.get("facts") or Facts(instance=person),
        "is_editing": "facts" in forms,
        "address": forms.get("address") or Address(person),
        "happened": forms.get("happened") or HappenedForm(initial={"at": timezone.now()}),
        "activities": latest(person),
        "applications": person.applications.select_related("campaign", "source").order_by("-applied_at"),
    }
    return render(request, "people/person.html", context, status=422 if forms else 200)
