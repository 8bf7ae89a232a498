from django.http import HttpRequest
from django_htmx.middleware import HtmxDetails

from accounts.doors import Place
from accounts.models import Member, Organization, User


def whole_number(said: str) -> int | None:
    """What an address or a form says; None for what is no number, or larger than PostgreSQL counts."""
    return int(said) if said.isascii() and said.isdecimal() and len(said) < 10 else None


class MemberRequest(HttpRequest):
    """A request as `OrganizationMiddleware` leaves it, in a view that only members may open."""

    user: User
    member: Member
    organization: Organization
    places: list[Place]
    place: Place | None
    entered_by_token: str
    htmx: HtmxDetails
    staff_organization: int | None
