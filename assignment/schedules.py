"""Members' working hours as the database keeps them."""

from collections import defaultdict
from collections.abc import Iterable
from datetime import date
from typing import Any

from django.db.models import Q

from accounts.models import Member
from assignment.hours import Schedule, Stretch
from assignment.models import Holiday, WorkingHours


def schedules_of(members: Iterable[Member]) -> dict[Any, Schedule]:
    """Each member's schedule by id: their own hours, else the organization's; days off of both."""
    members = list(members)
    concerned = Q(member=None) | Q(member__in=[member.pk for member in members])
    stretches: dict[Any, list[Stretch]] = defaultdict(list)
    for row in WorkingHours.objects.filter(concerned):
        stretches[row.member_id].append(Stretch(row.weekday, row.begins, row.ends))
    days: dict[Any, set[date]] = defaultdict(set)
    for member_id, day in Holiday.objects.filter(concerned).values_list("member", "day"):
        days[member_id].add(day)
    return {
        member.pk: Schedule(
            member.zone,
            tuple(stretches.get(member.pk) or stretches.get(None) or ()),
            frozenset(days[member.pk] | days[None]),
        )
        for member in members
    }


def own_stretches(member: Member | None) -> list[Stretch]:
    """The hours that this member (None: the organization) has set."""
    return [Stretch(row.weekday, row.begins, row.ends) for row in WorkingHours.objects.filter(member=member)]


def set_schedule(member: Member | None, stretches: Iterable[Stretch], days_off: Iterable[date]) -> None:
    """Replaces the hours and days off of a member, or of the organization (None)."""
    WorkingHours.objects.filter(member=member).delete()
    Holiday.objects.filter(member=member).delete()
    WorkingHours.objects.bulk_create(
        WorkingHours(member=member, weekday=each.weekday, begins=each.begins, ends=each.ends) for each in stretches
    )
    Holiday.objects.bulk_create(Holiday(member=member, day=day) for day in sorted(set(days_off)))
