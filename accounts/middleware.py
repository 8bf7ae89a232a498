"""The doors of a request: who asks, in which organization. One transaction around all of it, rendering included."""

from collections.abc import Callable
from contextlib import AbstractContextManager, nullcontext
from uuid import UUID

from django.db import transaction
from django.http import HttpResponse
from django.utils import timezone, translation

from accounts import doors, presence
from accounts.models import Member, Organization
from accounts.requests import MemberRequest
from accounts.tenancy import across_organizations, enter

PUBLIC = ("/apply/", "/c/", "/dev/", "/visits/", "/webhooks/")  # these enter the organization of their own address
GetResponse = Callable[[MemberRequest], HttpResponse]


class OrganizationMiddleware:
    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: MemberRequest) -> HttpResponse:
        vars(request).update(
            member=None, organization=None, place=None, places=[], entered_by_token="", staff_organization=None
        )
        with self._door(request):
            _find_member(request)
            response = self.get_response(request)
            if response.status_code >= 500 and transaction.get_connection().in_atomic_block:
                transaction.set_rollback(True)
            return response

    def _door(self, request: MemberRequest) -> AbstractContextManager[None]:
        if request.path.startswith("/api/"):
            return _door_of_token(request)
        if request.path.startswith(PUBLIC) or not request.user.is_authenticated:
            return nullcontext()
        if request.path.startswith("/admin/") and request.user.is_staff:
            return _door_of_staff(request)
        return _door_of_session(request)


def _door_of_token(request: MemberRequest) -> AbstractContextManager[None]:
    kind, _, secret = request.headers.get("Authorization", "").partition(" ")
    if kind.lower() != "bearer":
        return _door_of_session(request) if request.user.is_authenticated else nullcontext()
    request.entered_by_token = secret.strip()
    organization_id = doors.organization_of_api_token(request.entered_by_token)
    return enter(organization_id) if organization_id else nullcontext()


def _door_of_session(request: MemberRequest) -> AbstractContextManager[None]:
    request.places = doors.places_of(request.user)
    chosen = request.session.get("organization")
    place = next((p for p in request.places if p.organization_id == chosen), next(iter(request.places), None))
    request.place = place
    return enter(place.organization_id) if place else nullcontext()


def _door_of_staff(request: MemberRequest) -> AbstractContextManager[None]:
    """Installation staff work in the organization they have chosen; until they choose, they look across all."""
    request.staff_organization = request.session.get("staff_organization")
    return enter(request.staff_organization) if request.staff_organization else across_organizations()


def _find_member(request: MemberRequest) -> None:
    if request.staff_organization:
        request.organization = Organization.objects.get(pk=request.staff_organization)
    if request.place is None:
        return
    request.member = Member.objects.select_related("organization").get(pk=request.place.member_id)
    request.member.user = request.user
    request.organization = request.member.organization
    if chosen := request.session.get("workspace"):
        request.member.chosen_workspace = UUID(chosen)


class ReaderMiddleware:
    """The page in the reader's language and time zone; and the reader was seen."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: MemberRequest) -> HttpResponse:
        if request.member is None:
            return self.get_response(request)
        presence.seen(request.member, timezone.now())
        with translation.override(request.member.language), timezone.override(request.member.zone):
            response = self.get_response(request)
            response.headers.setdefault("Content-Language", request.member.language)
            return response
