from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, date, datetime, timedelta
from io import StringIO

import pytest
import time_machine
from django.core.management import CommandError, call_command
from django.db import connection
from django.db.utils import DatabaseError
from django.utils import timezone
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from people.happening import happened
from people.models import Activity, Person, PersonStatus, Temperature
from scoring import night
from scoring.models import NightRun, RuleStatus, ScoreRecord, ScoreRule
from scoring.rules import scoring_day
from scoring.tasks import score_at_night
from scoring.working_out import WorkedOut, work_out

NOW = datetime(2026, 11, 22, 12, tzinfo=UTC)


def work_out_now(cast, now=NOW) -> WorkedOut:
    zone = cast.organization.zone
    with cast.inside():
        return work_out(today=scoring_day(now, zone), zone=str(zone))


def state() -> tuple[list, list]:
    people = Person.objects.order_by("name").values_list("name", "score", "temperature__slug")
    records = ScoreRecord.objects.values_list("person__name", "rule_id", "activity__key", "points", "lapses_on")
    return list(people), sorted(records)


happenings = st.lists(
    st.tuples(
        st.integers(0, 2),  # whose
        st.sampled_from(["application", "message_received", "link_opened", "call"]),
        st.integers(0, 40 * 24 * 60),  # minutes ago
    ),
    max_size=12,
)
rules = st.lists(
    st.tuples(
        st.sampled_from(["application", "message_received", "link_opened", "call"]),
        st.integers(-40, 60),
        st.integers(1, 40),
        st.sampled_from(["candidate", "contact"]),
        st.booleans(),
        st.sampled_from([None, "new", "placed"]),
    ),
    max_size=5,
)


def forget_scores() -> None:
    ScoreRecord.objects.all().delete()
    Person.objects.update(score=0, temperature=None)


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(happenings, rules)
def test_as_things_happen_and_at_night_it_comes_to_the_same(cast, happenings, rules):
    with cast.inside(), time_machine.travel(NOW, tick=False):
        Person.objects.all().delete()
        ScoreRule.objects.all().delete()
        status = {each.slug: each for each in PersonStatus.objects.all()}
        people = [
            Person.objects.create(name="A", status=status["new"]),
            Person.objects.create(name="B", status=status["placed"]),
            Person.objects.create(name="C", kind="contact"),
        ]
        for kind, points, days, person_kind, is_active, slug in rules:
            rule = ScoreRule.objects.create(
                activity_kind=kind, points=points, days=days, person_kind=person_kind, is_active=is_active
            )
            if slug:
                RuleStatus.objects.create(rule=rule, status=status[slug])
        for number, (whose, kind, minutes) in enumerate(happenings):
            at = NOW - timedelta(minutes=minutes)
            happened(kind, person_id=people[whose].pk, subject=str(number), at=at)
        by_record = state()[1]
        incremental_then_night = work_out_now(cast)
        after_both = state()
        assert (incremental_then_night.records_gone, incremental_then_night.records_added) == (0, 0)
        assert after_both[1] == by_record
        forget_scores()
        work_out_now(cast)
        assert state() == after_both
        assert work_out_now(cast) == WorkedOut()


def test_records_that_have_left_their_period_go_and_the_temperature_follows(cast):
    conversation = cast.apply()
    with cast.inside():
        assert conversation.person.score == 15
    did = work_out_now(cast, timezone.now() + timedelta(days=31))
    assert (did.records_gone, did.records_added, len(did.people_changed)) == (1, 0, 1)
    did = work_out_now(cast, timezone.now() + timedelta(days=91))
    with cast.inside():
        person = Person.objects.get(pk=conversation.person_id)
        assert (person.score, person.temperature.slug) == (0, "cold")


def test_what_the_rules_say_now_counts_after_the_night(cast):
    conversation = cast.apply()
    with cast.inside():
        ScoreRule.objects.filter(activity_kind="application", person_kind="candidate").update(points=60)
        ScoreRule.objects.filter(activity_kind="message_received").update(is_active=False)
    work_out_now(cast, timezone.now())
    with cast.inside():
        person = Person.objects.get(pk=conversation.person_id)
        assert (person.score, person.temperature.slug) == (60, "hot")


def test_a_wrong_total_is_put_right(cast):
    conversation = cast.apply()
    with cast.inside():
        Person.objects.update(score=999, temperature=Temperature.objects.get(slug="hot"))
    did = work_out_now(cast, timezone.now())
    assert did.people_changed == (conversation.person_id,)
    with cast.inside():
        assert Person.objects.get().score == 15


def test_the_other_organization_is_not_touched(cast, stranger):
    cast.apply()
    with stranger.inside():
        person = Person.objects.create(name="Theirs", score=77)
    night.run(cast.organization.pk, NOW)
    with stranger.inside():
        assert Person.objects.get(pk=person.pk).score == 77
        assert not NightRun.objects.exists()


def test_the_night_comes_once_for_each_date(cast, stranger):
    for hour in range(30):
        with time_machine.travel(datetime(2026, 11, 21, 12, tzinfo=UTC) + timedelta(hours=hour), tick=False):
            score_at_night()
    with cast.inside():
        runs = list(NightRun.objects.order_by("night_of").values_list("night_of", "started_at"))
    assert [night_of for night_of, _ in runs] == [date(2026, 11, 21), date(2026, 11, 22)]
    assert runs[1][1] == datetime(2026, 11, 22, 1, tzinfo=UTC)  # 02:00 in Prague


@pytest.mark.parametrize(
    ("zone", "first", "hours", "dates"),
    [
        ("Europe/Prague", datetime(2026, 3, 28, 0, tzinfo=UTC), 48, [27, 28, 29]),
        ("Europe/Prague", datetime(2026, 10, 24, 0, tzinfo=UTC), 48, [24, 25]),
        ("America/New_York", datetime(2026, 11, 1, 5, tzinfo=UTC), 30, [31, 1, 2]),
        ("Australia/Lord_Howe", datetime(2026, 4, 4, 12, tzinfo=UTC), 30, [4, 5, 6]),
    ],
)
def test_each_date_has_one_night_when_the_clock_changes(cast, zone, first, hours, dates):
    with cast.inside():
        cast.organization.time_zone = zone
        cast.organization.save()
    moments = [first + timedelta(minutes=minutes) for minutes in range(0, hours * 60, 10)]
    runs = [night.run_if_due(cast.organization.pk, moment) for moment in moments]
    assert [run.night_of.day for run in runs if run] == dates


def test_a_run_cut_off_half_way_has_done_nothing_and_the_next_completes(cast, monkeypatch):
    conversation = cast.apply()
    with cast.inside():
        forget_scores()

    def cut_off(**kwargs):
        work_out(**kwargs)
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1 / 0")

    monkeypatch.setattr(night, "work_out", cut_off)
    with pytest.raises(DatabaseError):
        night.run(cast.organization.pk, timezone.now())
    with cast.inside():
        run = NightRun.objects.get()
        assert run.finished_at is None
        assert "division by zero" in run.error
        assert not ScoreRecord.objects.exists()
    monkeypatch.undo()
    assert night.run_if_due(cast.organization.pk, timezone.now())
    with cast.inside():
        run.refresh_from_db()
        assert run.finished_at
        assert (run.records_added, run.people_changed, run.error) == (2, 1, "")
        assert Person.objects.get(pk=conversation.person_id).score == 15


def test_one_run_at_a_time(cast):
    cast.apply()
    night.run(cast.organization.pk, NOW)

    def second() -> None:
        try:
            night.run(cast.organization.pk, NOW)
        finally:
            connection.close()

    with cast.inside():
        assert NightRun.objects.select_for_update().get()
        with ThreadPoolExecutor(1) as pool, pytest.raises(night.AlreadyRunning):
            pool.submit(second).result()


def test_an_activity_in_the_middle_of_the_night_is_not_lost(cast, monkeypatch):
    """The night has read everything and waits for a person whom an activity holds; then both count."""
    conversation = cast.apply()
    with cast.inside():
        forget_scores()

    def at_night() -> None:
        try:
            night.run(cast.organization.pk, timezone.now())
        finally:
            connection.close()

    with ThreadPoolExecutor(1) as pool:
        with cast.inside():
            happened("message_received", person_id=conversation.person_id, subject="late", at=timezone.now())
            running = pool.submit(at_night)
            while not running.done() and not _somebody_waits():
                pass
        running.result()
    with cast.inside():
        assert Activity.objects.count() == 3
        assert Person.objects.get().score == 20
    assert work_out_now(cast, timezone.now()) == WorkedOut()


def _somebody_waits() -> bool:
    with connection.cursor() as cursor:
        cursor.execute("SELECT EXISTS (SELECT FROM pg_locks WHERE NOT granted)")
        return cursor.fetchone()[0]


def test_by_hand_it_says_what_it_did_and_a_second_time_nothing(cast):
    cast.apply()
    with cast.inside():
        forget_scores()
    said = [_said(), _said()]
    today = scoring_day(timezone.now(), cast.organization.zone)
    assert said == [
        f"northwind, night of {today}: 0 records gone, 2 records added, 1 people changed.\n",
        f"northwind, night of {today}: 0 records gone, 0 records added, 0 people changed.\n",
    ]
    assert night.run_if_due(cast.organization.pk, timezone.now()) is None


def _said() -> str:
    out = StringIO()
    call_command("score", organization="northwind", stdout=out)
    return out.getvalue()


def test_an_unknown_organization_is_said_to_be_unknown(db):
    with pytest.raises(CommandError, match="no organization"):
        call_command("score", organization="nobody")
