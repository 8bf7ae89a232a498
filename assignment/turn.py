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
LOCK = "SELECT true FROM assignment_rotation WHERE campaign_id = %s FOR UPDATE"


def lock_turn(campaign: Campaign) -> None:
    """Locks the campaign's place in the turn to the end of the transaction; before any conversation of it is.

    A statement of its own: what comes after it sees what those before us have written.
    """
    with connection.cursor() as cursor:
        cursor.execute(LOCK, [campaign.pk])
        if cursor.fetchone():
            return
    Rotation.objects.get_or_create(campaign=campaign)
    locked_rotation(campaign)


def locked_rotation(campaign: Campaign) -> Rotation:
    """The place itself, to be changed."""
    return Rotation.objects.select_for_update().get_or_create(campaign=campaign)[0]


def decide(campaign: Campaign, *, barred: Any, over_available_only: bool) -> Decision:
    """Whose turn it is now. `barred` is the id of who doesn't get this lead."""
    candidates = _with_absence(campaign, barred) if over_available_only else _as_they_come(campaign, barred)
    return next_in_turn(candidates, over_available_only=over_available_only)


def in_turn(campaign: Campaign) -> Any:
    """Who can be given leads of the campaign at all, next first."""
    return taking_part(campaign.in_turn)


def taking_part(access: Any) -> Any:
    """Of those with access to campaigns who can be given their leads at all."""
    row = access.filter(auto_assign=True, member__is_active=True, member__user__is_active=True)
    return row.exclude(member__role=Role.GUEST)


def absences(members: list[Member], now: datetime) -> dict[Any, str]:
    """Why each of these can't take a lead now, by id; an empty string for who can."""
    leads = open_leads(member.pk for member in members)
    schedules = schedules_of(members)
    return {
        member.pk: absence_of(member, open_conversations=leads[member.pk], now=now, schedule=schedules[member.pk])
        for member in members
    }


def _as_they_come(campaign: Campaign, barred: Any) -> Iterator[Candidate]:
    for access in in_turn(campaign)[: 2 if barred else 1]:
        yield Candidate(access.member, access.turn, is_barred=access.member_id == barred)


def _with_absence(campaign: Campaign, barred: Any) -> Iterator[Candidate]:
    """A few at a time: mostly one of the first can."""
    now, row = timezone.now(), in_turn(campaign).select_related("member__organization")
    for several in batched(row, LOOKED_AT_TOGETHER):
        why = absences([access.member for access in several], now)
        for access in several:
            yield Candidate(access.member, access.turn, why[access.member_id], access.member_id == barred)
