from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, date, datetime, timedelta
from functools import partial
from io import StringIO
from uuid import UUID, uuid4

import pytest
import time_machine
from django.core.management import CommandError, call_command
from django.db import connection
from django.db.utils import DatabaseError
from django.urls import reverse
from django.utils import timezone

from accounts.tenancy import current_organization_id
from people.happening import happened
from people.models import Activity, Person, PersonScore, Temperature
from scoring import going_through, night
from scoring.days import scoring_day
from scoring.definition import total_of
from scoring.models import NightRun, ScoreRecord, ScoreRule
from scoring.runs import AlreadyRunning, ClaimLost, claim_run
from scoring.tasks import score_at_night
from scoring.working_out import FIRST, WorkedOut, end_of_stretch, work_out
from tests.cast import signed_in

NOW = datetime(2026, 11, 22, 12, tzinfo=UTC)


def work_out_now(cast, now=NOW) -> WorkedOut:
    zone = cast.organization.zone
    with cast.inside():
        return work_out(today=scoring_day(now, zone), zone=str(zone), now=now)


def forget_scores() -> None:
    ScoreRecord.objects.all().delete()
    PersonScore.objects.all().delete()


def test_records_that_have_left_their_period_go_and_the_temperature_follows(cast):
    conversation = cast.apply()
    with cast.inside():
        assert conversation.person.score == 15
    did = work_out_now(cast, timezone.now() + timedelta(days=31))
    assert (did.records_gone, did.records_added, did.people_changed) == (1, 0, 1)
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
        PersonScore.objects.update(total=999, temperature=Temperature.objects.get(slug="hot"))
    did = work_out_now(cast, timezone.now())
    assert did.named == (conversation.person_id,)
    with cast.inside():
        assert Person.objects.get().score == 15


def test_the_other_organization_is_not_touched(cast, stranger):
    cast.apply()
    with stranger.inside():
        person = Person.objects.create(name="Theirs")
        PersonScore.objects.create(person=person, total=77)
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
    moments = [first + timedelta(minutes=minutes) for minutes in range(0, hours * 60, 30)]
    runs = [night.run_if_due(cast.organization.pk, moment) for moment in moments]
    assert [run.night_of.day for run in runs if run] == dates


def test_a_run_cut_off_anywhere_goes_on_from_there(cast, monkeypatch):
    """Cut off in each stretch in turn, after its work and before its commit."""
    for number in range(5):
        cast.apply(email=f"{number}@mail.example")
    with cast.inside():
        forget_scores()
    monkeypatch.setattr(going_through, "end_of_stretch", lambda after: end_of_stretch(after, 2))
    for stretches_done in range(2):
        for which in (1, 2):  # in the next stretch itself, then in the one behind it
            cut_off_in_stretch(monkeypatch, which)
            with pytest.raises(DatabaseError):
                night.run_if_due(cast.organization.pk, timezone.now())
            done = stretches_done + which - 1
            with cast.inside():
                run = NightRun.objects.get()
                assert (run.finished_at, run.claim, run.people_seen) == (None, None, 2 * done)
                assert "division by zero" in run.error
                assert ScoreRecord.objects.count() == 4 * done
    monkeypatch.setattr(going_through, "work_out", work_out)
    assert night.run_if_due(cast.organization.pk, timezone.now())
    with cast.inside():
        run.refresh_from_db()
        assert run.finished_at
        assert (run.people_seen, run.records_added, run.people_changed, run.error) == (5, 10, 5, "")
        assert set(PersonScore.objects.values_list("total", flat=True)) == {15}


def cut_off_in_stretch(monkeypatch, which: int) -> None:
    begun: list[int] = []

    def cut_off(**kwargs):
        did = work_out(**kwargs)
        begun.append(1)
        if len(begun) == which:
            with connection.cursor() as cursor:
                cursor.execute("SELECT 1 / 0")
        return did

    monkeypatch.setattr(going_through, "work_out", cut_off)


def test_two_stretches_at_a_time_are_finished_in_order_whichever_fails(cast, monkeypatch):
    for number in range(5):
        cast.apply(email=f"{number}@mail.example")
    with cast.inside():
        forget_scores()
        begins = [FIRST, *Person.objects.order_by("pk").values_list("pk", flat=True)[1:4:2]]
    monkeypatch.setattr(going_through, "end_of_stretch", lambda after: end_of_stretch(after, 2))
    monkeypatch.setattr(going_through, "LARGE", 0)
    for number, broken in enumerate(begins):
        monkeypatch.setattr(going_through, "work_out", partial(work_out_but, broken))
        with pytest.raises(ZeroDivisionError):
            night.run_if_due(cast.organization.pk, timezone.now())
        with cast.inside():
            run = NightRun.objects.get()
            assert (run.finished_at, run.claim, run.people_seen) == (None, None, 2 * number)
            assert run.error.startswith("ZeroDivisionError")
            assert ScoreRecord.objects.count() == 4 * number
    monkeypatch.setattr(going_through, "work_out", work_out)
    assert night.run_if_due(cast.organization.pk, timezone.now())
    with cast.inside():
        run.refresh_from_db()
    assert (run.people_seen, run.records_added, run.people_changed, run.error) == (5, 10, 5, "")


def work_out_but(broken: UUID, *, after: UUID, **kwargs) -> WorkedOut:
    if after == broken:
        raise ZeroDivisionError
    return work_out(after=after, **kwargs)


def test_a_first_stretch_in_which_somebody_has_a_score_already_puts_that_right(cast):
    cast.apply()
    now, zone = timezone.now(), cast.organization.zone
    with cast.inside():
        ScoreRecord.objects.all().delete()
        PersonScore.objects.update(total=3)
        did = work_out(today=scoring_day(now, zone), zone=str(zone), now=now, is_first=True)
        assert (did.records_added, did.people_changed, PersonScore.objects.get().total) == (2, 1, 15)


def test_one_run_at_a_time_and_whoever_died_is_taken_over_from(cast):
    cast.apply()
    now = timezone.now()
    with cast.inside():
        dead = NightRun.objects.create(
            night_of=scoring_day(now, cast.organization.zone), started_at=now, claim=uuid4(),
            claimed_until=now + timedelta(minutes=2),
        )  # fmt: skip
    with pytest.raises(AlreadyRunning):
        night.run(cast.organization.pk, now)
    assert night.run_if_due(cast.organization.pk, now) is None
    with cast.inside():
        NightRun.objects.update(claimed_until=now - timedelta(seconds=1))
    assert night.run_if_due(cast.organization.pk, now) == dead


def test_who_has_lost_the_claim_writes_nothing_any_more(cast):
    cast.apply()
    with cast.inside():
        forget_scores()
        night.ask(cast.organization.pk, timezone.now())
    slow = claim_run(cast.organization.pk, night._oldest_unfinished(cast.organization.pk))
    with cast.inside():
        NightRun.objects.update(claimed_until=timezone.now())
    claim_run(cast.organization.pk, slow.pk)
    with pytest.raises(ClaimLost):
        going_through.go_through(slow)
    with cast.inside():
        assert not ScoreRecord.objects.exists()


def test_what_fails_for_one_organization_is_reported_and_the_others_run(cast, stranger, monkeypatch):
    def broken(**kwargs):
        if current_organization_id() == cast.organization.pk:
            raise ZeroDivisionError("a broken rule")
        return work_out(**kwargs)

    monkeypatch.setattr(going_through, "work_out", broken)
    score_at_night()
    with cast.inside():
        assert NightRun.objects.get().error == "ZeroDivisionError: a broken rule"
    with stranger.inside():
        assert NightRun.objects.get().finished_at


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


def test_a_flood_of_activities_for_one_person_counts_and_spoils_no_night(cast):
    """A million of them: the benchmark night-one-person. What no column could hold stays at a thousand million."""
    person_id = cast.apply().person_id
    now = timezone.now()
    with cast.inside():
        Activity.objects.bulk_create(
            Activity(person_id=person_id, kind="application", happened_at=now, key=f"flood-{n}") for n in range(2000)
        )
    assert work_out_now(cast, now).records_added == 2000
    with cast.inside():
        happened("application", person_id=person_id, subject="one more", at=now)
        assert Person.objects.get().score == 15 + 2001 * 10
        with connection.cursor() as cursor:
            cursor.execute("SELECT " + total_of("sum(points)") + " FROM (VALUES (2e9), (2e9)) record (points)")
            assert cursor.fetchone() == (10**9,)
    why = signed_in(cast.jana).get(reverse("scoring:why", args=[person_id])).text
    assert "and 1953 records more" in why


def test_an_unknown_organization_is_said_to_be_unknown(db):
    with pytest.raises(CommandError, match="no organization"):
        call_command("score", organization="nobody")
