"""Scores as things happen: an activity is kept once, and what it is worth counts at once."""

from datetime import datetime

from django.db import transaction
from django.db.models import Q, Sum
from django.utils import timezone

from people.models import Activity, Person, Temperature
from scoring import live
from scoring.models import ScoreRecord, ScoreRule
from scoring.rules import Award, Happening, Rule, awards, scoring_day
from scoring.temperatures import Range, classify


def score(activity: Activity, *, now: datetime | None = None) -> bool:
    """Makes a record for each rule the activity meets; returns whether the person's score or temperature changed.

    The person's row is locked first: two activities at one moment must each see the other's records in the sum.
    """
    with transaction.atomic():
        person = Person.objects.select_for_update(no_key=True).get(pk=activity.person_id)
        won = _awards(activity, person, now or timezone.now())
        ScoreRecord.objects.bulk_create([_record(activity, award) for award in won], ignore_conflicts=True)
        return settle(person)


def settle(person: Person) -> bool:
    """Writes the person's total and temperature when they differ from the records; the caller holds the row's lock."""
    total = ScoreRecord.objects.filter(person=person).aggregate(total=Sum("points"))["total"] or 0
    found = classify(total, ranges())
    temperature_id = found.key if found else None
    right = Q(score=total, temperature_id=temperature_id)
    is_changed = Person.objects.filter(pk=person.pk).exclude(right).update(score=total, temperature_id=temperature_id)
    if is_changed:
        live.show_people([person.pk])
    return bool(is_changed)


def rules() -> list[Rule]:
    """The organization's rules as they decide."""
    return [
        Rule(
            key=rule.pk,
            activity_kind=rule.activity_kind,
            points=rule.points,
            days=rule.days,
            person_kind=rule.person_kind,
            statuses=frozenset(status.pk for status in rule.statuses.all()),
        )
        for rule in ScoreRule.objects.filter(is_active=True).prefetch_related("statuses")
    ]


def ranges() -> list[Range]:
    return [Range(each.name, each.lower, each.upper, each.pk) for each in Temperature.objects.all()]


def _awards(activity: Activity, person: Person, now: datetime) -> list[Award]:
    zone = activity.organization.zone
    happening = Happening(activity.kind, activity.happened_at, person.kind, person.status_id)
    return awards(rules(), happening, today=scoring_day(now, zone), zone=zone)


def _record(activity: Activity, award: Award) -> ScoreRecord:
    return ScoreRecord(
        person_id=activity.person_id,
        rule_id=award.rule.key,
        activity=activity,
        points=award.points,
        happened_at=activity.happened_at,
        lapses_on=award.lapses_on,
    )
