from typing import Annotated, Any

from django.http import Http404, HttpRequest
from ninja import Field, Router, Schema

from accounts.api.input import Email, Line, staff_member
from accounts.api.problems import invalid
from accounts.api.tokens import may_administer, may_read
from accounts.models import Member
from assignment.permissions import NotPermitted, Permissions, permissions_of, save_permissions
from campaigns.models import Campaign

router = Router(tags=["campaigns"])
Emails = Annotated[list[Email], Field(max_length=1000)]


class PermissionsDocument(Schema):
    """Who sees the campaign, and who gets its new leads in turn, next first. Save it with the version you read: 409
    when somebody else saved meanwhile."""

    access: Emails = Field(description="Everybody with access, those in Auto assign too.")
    auto_assign: Emails
    version: int = Field(ge=0, le=2**31 - 1)


@router.get(
    "/campaigns/{slug}/permissions",
    auth=may_read,
    response=PermissionsDocument,
    summary="Show a campaign's permissions",
)
def permissions(request: HttpRequest, slug: Line) -> dict[str, Any]:
    return document(permissions_of(campaign_named(slug)))


@router.put(
    "/campaigns/{slug}/permissions", auth=may_administer, response=PermissionsDocument, summary="Set them, all at once"
)
def save(request: HttpRequest, slug: Line, said: PermissionsDocument) -> dict[str, Any]:
    campaign = campaign_named(slug)
    access = [staff_member(email, field="access").pk for email in said.access]
    turns = [staff_member(email, field="auto_assign").pk for email in said.auto_assign]
    seen = permissions_of(campaign).auto_assign
    try:
        asked = Permissions(access, turns, said.version, seen)
        return document(save_permissions(campaign, asked, by=vars(request)["auth"].created_by))
    except NotPermitted as refusal:
        raise invalid("auto_assign", str(refusal)) from None


def campaign_named(slug: str) -> Campaign:
    campaign = Campaign.objects.filter(slug=slug).first()
    if campaign is None:
        raise Http404
    return campaign


def document(found: Permissions) -> dict[str, Any]:
    emails = dict(Member.objects.filter(pk__in=found.access).values_list("pk", "user__email"))
    return {
        "access": [emails[pk] for pk in found.access],
        "auto_assign": [emails[pk] for pk in found.auto_assign],
        "version": found.version,
    }
