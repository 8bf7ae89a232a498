"""Each member's share of a campaign's leads over a time, and why it differs."""

from collections import Counter
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import connection
from django.db.models import Count

from accounts.models import Member
from assignment.models import Absence, Assignment, Because
from campaigns.models import Campaign

PASSED_OVER = """
    SELECT passed->>'member', passed->>'why', count(*)
    FROM assignment_assignment, jsonb_array_elements(passed_over) AS passed
    WHERE campaign_id = %s AND assigned_at >= %s
    GROUP BY 1, 2
"""


@dataclass(frozen=True)
class Share:
    """What a member got by rotation and by other ways, and how often they were passed over, by reason."""

    member: Member
    by_rotation: int
    otherwise: int
    passed_over: list[tuple[str, int]]
    is_in_rotation: bool


def shares_of(campaign: Campaign, since: datetime) -> list[Share]:
    """Of everybody who has access or was given a lead since; who got most first."""
    counted = _counted(campaign, since)
    passed = _passed_over(campaign, since)
    access = dict(campaign.access.values_list("member", "auto_assign"))
    concerned = {member for member, _because in counted} | set(access)
    rows = [
        Share(
            member,
            counted[member.pk, Because.ROTATION],
            sum(many for (pk, because), many in counted.items() if pk == member.pk and because != Because.ROTATION),
            passed.get(str(member.pk), []),
            access.get(member.pk, False),
        )
        for member in Member.objects.filter(pk__in=concerned).select_related("user")
    ]
    return sorted(rows, key=lambda row: (-row.by_rotation, -row.otherwise, row.member.name))


def _counted(campaign: Campaign, since: datetime) -> Counter[tuple[Any, str]]:
    given = Assignment.objects.filter(campaign=campaign, assigned_at__gte=since).exclude(member=None).order_by()
    return Counter(
        {(pk, because): n for pk, because, n in given.values_list("member", "because").annotate(Count("pk"))}
    )


def _passed_over(campaign: Campaign, since: datetime) -> dict[str, list[tuple[str, int]]]:
    words = dict(Absence.choices)
    found: dict[str, list[tuple[str, int]]] = {}
    with connection.cursor() as cursor:
        cursor.execute(PASSED_OVER, [campaign.pk, since])
        for member, why, many in cursor.fetchall():
            found.setdefault(member, []).append((str(words.get(why, why)), many))
    return found
