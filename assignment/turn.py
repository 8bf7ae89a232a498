"""The place in the turn: a row of the campaign that is locked while a lead is given out."""

from collections.abc import Iterator
from datetime import datetime
from itertools import batched
from typing import Any

from django.db import connection
from django.utils import timezone

from accounts.models import Member, Role
from assignment.availability import absence_of
from assignment.models import Rotation
from assignment.rotation import Candidate, Decision, next_in_turn
from assignment.schedules import schedules_of
from assignment.workload import open_leads
from campaigns.models import Campaign

LOOKED_AT_TOGETHER = 10
MOVE = """
WITH moved AS (
    UPDATE campaigns_campaignaccess SET turn = 1 + greatest(
        (SELECT last_turn FROM assignment_rotation WHERE id = %(rotation)s),
        (SELECT max(turn) FROM campaigns_campaignaccess WHERE campaign_id = %(campaign)s AND auto_assign))
    WHERE campaign_id = %(campaign)s AND member_id = %(member)s AND auto_assign
    RETURNING turn
)
UPDATE assignment_rotation SET last_turn = moved.turn FROM moved WHERE id = %(rotation)s
"""


def locked_rotation(campaign: Campaign) -> Rotation:
    """The campaign's row, locked to the end of the transaction; before any conversation of it is."""
    locked = Rotation.objects.select_for_update().filter(campaign=campaign)
    if rotation := locked.first():
        return rotation
    Rotation.objects.get_or_create(campaign=campaign)
    return locked.get()


def decide(campaign: Campaign, *, barred: Any = None, over_available_only: bool | None = None) -> Decision:
    """Whose turn it is now. `barred` is the id of who doesn't get this lead."""
    if over_available_only is None:
        over_available_only = campaign.rotate_over == Campaign.RotateOver.AVAILABLE
    row = in_turn(campaign)
    candidates = _with_absence(row, barred) if over_available_only else _as_they_come(row, barred)
    return next_in_turn(candidates, over_available_only=over_available_only)


def in_turn(campaign: Campaign) -> Any:
    """Who can be given leads of the campaign at all, next first."""
    row = campaign.in_turn.filter(member__is_active=True, member__user__is_active=True)
    return row.exclude(member__role=Role.GUEST)


def move_to_the_end(rotation: Rotation, member: Member) -> None:
    """Whoever got a lead stands behind all others. One statement: the row is locked, and others wait for it."""
    with connection.cursor() as cursor:
        cursor.execute(MOVE, {"rotation": rotation.pk, "campaign": rotation.campaign_id, "member": member.pk})


def absences(members: list[Member], now: datetime) -> dict[Any, str]:
    """Why each of these can't take a lead now, by id; an empty string for who can."""
    leads = open_leads(member.pk for member in members)
    schedules = schedules_of(members)
    return {
        member.pk: absence_of(member, open_conversations=leads[member.pk], now=now, schedule=schedules[member.pk])
        for member in members
    }


def _as_they_come(row: Any, barred: Any) -> Iterator[Candidate]:
    for access in row[: 2 if barred else 1]:
        yield Candidate(access.member, access.turn, is_barred=access.member_id == barred)


def _with_absence(row: Any, barred: Any) -> Iterator[Candidate]:
    """A few at a time: mostly one of the first can."""
    now = timezone.now()
    for several in batched(row.select_related("member__organization"), LOOKED_AT_TOGETHER):
        why = absences([access.member for access in several], now)
        for access in several:
            yield Candidate(access.member, access.turn, why[access.member_id], access.member_id == barred)
