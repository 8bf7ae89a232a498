from datetime import datetime
from typing import Any, Literal

from django.http import HttpRequest
from django.utils import timezone
from ninja import Field, Query, Router, Schema

from accounts import presence
from accounts.api.input import Email, MemberOut, staff_member
from accounts.api.lists import Asked, Page, page
from accounts.api.problems import invalid
from accounts.api.tokens import may_read, may_write
from accounts.models import Member
from assignment.turn import absences
from assignment.workload import open_leads

router = Router(tags=["members"])


class AvailabilityOut(Schema):
    """`absence`: why they can't take a lead now (away, offline, off_hours, at_limit); empty when they can."""

    member: MemberOut
    availability: str
    away_until: datetime | None
    open_limit: int | None
    open_conversations: int
    absence: str


class AvailabilityIn(Schema):
    availability: Literal["available", "away", "offline"]
    until: datetime | None = Field(None, description="With “away”: until when; null: until they say otherwise.")


def shown(members: list[Member]) -> list[dict[str, Any]]:
    leads, why = open_leads(member.pk for member in members), absences(members, timezone.now())
    return [
        {
            "member": member,
            "availability": member.availability,
            "away_until": member.away_until,
            "open_limit": member.open_limit,
            "open_conversations": leads[member.pk],
            "absence": why[member.pk],
        }
        for member in members
    ]


@router.get("/availability", auth=may_read, response=Page[AvailabilityOut], summary="List who can take leads")
def availability(request: HttpRequest, asked: Query[Asked]) -> dict[str, Any]:
    found = page(Member.objects.staff().select_related("user", "organization"), asked, by=("id",))
    return found | {"items": shown(found["items"])}


@router.put("/availability/{email}", auth=may_write, response=AvailabilityOut, summary="Say whether a member is there")
def say(request: HttpRequest, email: Email, said: AvailabilityIn) -> dict[str, Any]:
    member = staff_member(email, field="email")
    if said.until and (said.until.tzinfo is None or said.until <= timezone.now()):
        raise invalid("until", "A time to come, with its offset.")
    presence.say(member, said.availability, until=said.until)
    return shown([member])[0]
