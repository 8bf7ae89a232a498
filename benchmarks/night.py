"""The working out of scores, beside the barest scan of the same activities; the first time and after a day.

NIGHT_PEOPLE is how many people at most (a million); there is a run with a tenth of them, to see that cost is linear.
"""

import os
import resource
import time
from collections.abc import Callable
from datetime import timedelta
from uuid import uuid4

from django.db import connections, transaction
from django.utils import timezone

from accounts.models import Organization
from accounts.tenancy import enter
from benchmarks.night_seed import A_DAY, organization_of_one, organization_with, run, vacuum
from benchmarks.results import Row
from people.happening import happened
from people.models import Person
from scoring import night
from scoring.days import scoring_day
from scoring.models import NightRun
from scoring.working_out import FIRST as FIRST_PERSON
from scoring.working_out import LAST, end_of_stretch, work_out

PEOPLE = int(os.environ.get("NIGHT_PEOPLE", "1000000"))
BARE = "SELECT count(*) FROM (SELECT person_id, count(*) FROM people_activity WHERE organization_id = %s GROUP BY person_id) a"
# As the planner would; and along the index that has each person's activities side by side, which it may not take by
# itself: what it guesses of another index, or of how many people there are, can make its scan three times as slow.
PLANS = ["SELECT", "SET LOCAL enable_hashagg = off"]
FORGET_SCORES = """
DELETE FROM scoring_scorerecord WHERE organization_id = %(organization)s;
DELETE FROM people_personscore WHERE organization_id = %(organization)s
"""
FORGET = f"""
DELETE FROM scoring_nightrun WHERE organization_id = %(organization)s;
DELETE FROM people_activity WHERE organization_id = %(organization)s AND key LIKE '%%:today';
{FORGET_SCORES}
"""
WRITING = "beside nothing but the INSERT of the same records and scores"
WRITTEN = """
DROP TABLE IF EXISTS records, scores;
CREATE TEMPORARY TABLE records AS SELECT * FROM scoring_scorerecord WHERE organization_id = %(organization)s ORDER BY id;
CREATE TEMPORARY TABLE scores AS
SELECT * FROM people_personscore WHERE organization_id = %(organization)s ORDER BY person_id
"""
WRITE = """
INSERT INTO scoring_scorerecord SELECT * FROM records;
INSERT INTO people_personscore SELECT * FROM scores
"""
FIRST, AFTER_A_DAY, LINEAR, MEMORY_MB = 6.0, 2.0, 1.5, 200


def night_first() -> list[Row]:
    few, _, _ = first_of(PEOPLE // 10)
    ours, bare, did = first_of(PEOPLE)
    grown = ours / few / 10
    work = (
        f"{PEOPLE:,} people, {10 * PEOPLE:,} activities; {did.records_added:,} records, {did.people_changed:,} people"
    )
    return [
        Row("night-first", ours, bare, FIRST, "ms", work),
        Row("night-first/writing", ours, writing(organization_with(PEOPLE)), 2, "ms", WRITING),
        Row("night-first/growth", grown, 1, LINEAR, "a person", f"{PEOPLE:,} people beside {PEOPLE // 10:,}"),
        Row("night-first/memory", megabytes(), 1, MEMORY_MB, "MB", "the worker's own, at its highest"),
    ]


def night_after_a_day() -> list[Row]:
    few, _, _ = after_a_day_of(PEOPLE // 10)
    ours, bare, did = after_a_day_of(PEOPLE)
    changed = f"{did.records_gone:,} records gone, {did.records_added:,} added, {did.people_changed:,} people changed"
    return [
        Row("night-after-a-day", ours, bare, AFTER_A_DAY, "ms", f"{PEOPLE:,} people; {changed}"),
        Row("night-after-a-day/growth", ours / few / 10, 1, LINEAR, "a person", f"beside {PEOPLE // 10:,} people"),
    ]


def night_one_person() -> list[Row]:
    """A stretch can't be shorter than a person: it must be over well before the claim on the run, of two minutes, is."""
    organization = organization_of_one(PEOPLE)
    run(FORGET, organization)
    vacuum()
    ours, (_, did) = took(lambda: night.run(organization.pk, timezone.now()))
    with enter(organization.pk):
        person = Person.objects.get()
        more, _ = took(lambda: happened("call", person_id=person.pk, subject=uuid4(), at=timezone.now()))
    work = f"one person with {PEOPLE:,} activities, {did.records_added:,} records"
    return [
        Row("night-one-person", ours / 1000, 1, 30, "s", work),
        Row("night-one-person/activity", more, 1, 1000, "ms", "and one activity more"),
    ]


def first_of(size: int) -> tuple[float, float, NightRun]:
    organization = organization_with(size)
    run(FORGET, organization)
    vacuum()
    bare = bare_scan(organization)
    ours, did = took(lambda: night.run(organization.pk, timezone.now())[0])
    return ours, (bare + bare_scan(organization)) / 2, did


def writing(organization: Organization) -> float:
    """What the database takes to write once more, in two statements, what a first night has written."""
    run(WRITTEN, organization)
    run(FORGET_SCORES, organization)
    vacuum()
    return took(lambda: run(WRITE, organization))[0]


def after_a_day_of(size: int) -> tuple[float, float, NightRun]:
    """The first night is done, a day's activities were counted as they came; then the next night."""
    organization = organization_with(size)
    now = timezone.now()
    if not is_first_done(organization):
        run(FORGET, organization)
        night.run(organization.pk, now)
    run(A_DAY, organization)
    count_as_they_came(organization)
    vacuum()
    bare = bare_scan(organization)
    ours, did = took(lambda: night.run_if_due(organization.pk, now + timedelta(days=1)))
    assert did
    return ours, (bare + bare_scan(organization)) / 2, did


def is_first_done(organization: Organization) -> bool:
    """By the benchmark before this one, and nothing since."""
    with enter(organization.pk):
        nights = NightRun.objects.filter(
            finished_at__isnull=False, night_of=scoring_day(timezone.now(), organization.zone)
        )
        return nights.count() == NightRun.objects.count() == 1


def count_as_they_came(organization: Organization) -> None:
    """What an activity each would have done, for all of the day's at once."""
    now, after = timezone.now(), FIRST_PERSON
    while after != LAST:
        with enter(organization.pk):
            upto = end_of_stretch(after)
            day = scoring_day(now, organization.zone)
            work_out(today=day, zone=str(organization.zone), now=now, after=after, upto=upto)
            after = upto


def bare_scan(organization: Organization) -> float:
    """By the best of its plans, the better of two, in milliseconds."""
    return min(took(lambda plan=plan: scan(organization, plan))[0] for plan in PLANS for _ in range(2))


def scan(organization: Organization, plan: str) -> None:
    with transaction.atomic("owner"), connections["owner"].cursor() as cursor:
        cursor.execute(plan)
        cursor.execute(BARE, [organization.pk])
        cursor.fetchall()


def took[Result](act: Callable[[], Result]) -> tuple[float, Result]:
    began = time.perf_counter()
    result = act()
    return (time.perf_counter() - began) * 1000, result


def megabytes() -> float:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
