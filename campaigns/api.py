from typing import Any

from django.db.models import Prefetch
from django.http import HttpRequest
from ninja import Query, Router, Schema

from accounts.api.lists import Asked, Page, page
from accounts.api.tokens import may_read
from campaigns.models import Campaign, CampaignAccess

router = Router(tags=["campaigns"])


class CampaignOut(Schema):
    """`auto_assign`: the members new leads go to, in the order of the turn, next first."""

    slug: str
    name: str
    state: str
    apply_url: str
    rotate_over: str
    auto_assign: list[str]

    @staticmethod
    def resolve_auto_assign(campaign: Any) -> list[str]:
        return [access.member.user.email for access in campaign.turns]


@router.get("/campaigns", auth=may_read, response=Page[CampaignOut], summary="List campaigns")
def campaigns(request: HttpRequest, asked: Query[Asked]) -> dict[str, Any]:
    turns = CampaignAccess.objects.filter(auto_assign=True, member__is_active=True).select_related("member__user")
    rows = Campaign.objects.select_related("organization").prefetch_related(
        Prefetch("access", turns.order_by("turn", "pk"), to_attr="turns")
    )
    return page(rows, asked, by=("created_at", "id"))
