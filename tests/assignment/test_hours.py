"""Working hours as typed, as periods, and as they make somebody available."""

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from django.contrib.admin.models import LogEntry
from django.db import IntegrityError, transaction
from django.urls import reverse

from accounts.models import Member
from assignment.availability import absence_of
from assignment.hours import Schedule, after_work, read_day, written
from assignment.models import WorkingHours
from tests.cast import signed_in

PRAGUE = ZoneInfo("Europe/Prague")
MONDAY = datetime(2026, 11, 23, tzinfo=PRAGUE)


def schedule(text="9:00-12:00, 13:00-17:00", off=(), zone=PRAGUE) -> Schedule:
    stretches = [stretch for day in range(5) for stretch in read_day(day, text)]
    return Schedule(zone, tuple(stretches), frozenset(off))


def at(hour, minute=0, day=0):
    return MONDAY + timedelta(days=day, hours=hour, minutes=minute)


@pytest.mark.parametrize(
    ("now", "is_open"),
    [(at(8, 59), False), (at(9), True), (at(12, 30), False), (at(17), False), (at(10, day=5), False)],
)
def test_within_hours_and_breaks(now, is_open):
    assert schedule().is_open(now.astimezone(UTC)) is is_open


@pytest.mark.parametrize(
    ("start", "hours", "expected"),
    [
        (at(10), 1, at(11)),
        (at(11, 30), 1, at(13, 30)),  # over the break
        (at(20), 1, at(10, day=1)),
        (at(16, day=4), 2, at(10, day=7)),  # over the weekend
    ],
)
def test_time_passes_only_while_somebody_works(start, hours, expected):
    assert after_work([schedule()], start, timedelta(hours=hours)) == expected


def test_days_off_summer_time_and_nobody():
    assert after_work([schedule(off=[MONDAY.date()])], at(8), timedelta(hours=1)) == at(10, day=1)
    assert after_work([], at(8), timedelta(hours=1)) == at(9)
    assert (
        after_work([schedule(off=[date(2026, 11, 23) + timedelta(days=n) for n in range(90)])], at(8), timedelta(1))
        is None
    )
    friday = datetime(2026, 3, 27, 16, tzinfo=PRAGUE)  # the clocks go forward on Sunday
    assert after_work([schedule()], friday, timedelta(hours=2)) == datetime(2026, 3, 30, 10, tzinfo=PRAGUE)


def test_two_who_take_turns_cover_more_than_one():
    early, late = schedule("8:00-12:00"), schedule("12:00-20:00")
    assert after_work([early, late], at(11), timedelta(hours=3)) == at(14)


@pytest.mark.parametrize("typed", ["17:00-9:00", "9:00-9:00", "9-12", "25:00-26:00", "9:00-12:00, 11:00-13:00", "x"])
def test_what_makes_no_sense_is_refused_in_words(typed):
    with pytest.raises(ValueError, match=r"\w+ .*\."):
        read_day(0, typed)


def test_as_typed_and_as_written():
    assert written(read_day(0, "13.00–17:30; 9:00-12:00")) == "09:00-12:00, 13:00-17:30"
    assert read_day(0, "9:00-12:00")[0].begins == time(9)


@pytest.mark.parametrize(
    ("facts", "now", "expected"),
    [
        ({"availability": "available"}, at(20), "off_hours"),
        ({"availability": "available"}, at(10), ""),
        ({"availability": "offline"}, at(10), ""),  # never said so: their hours count
        ({"availability": "offline", "availability_said_at": at(9)}, at(10), "offline"),
        ({"availability": "away"}, at(10), "away"),
        ({"availability": "available", "last_seen_at": at(20)}, at(20, 2), ""),  # a phone in a pocket
        ({"availability": "available", "last_seen_at": at(20)}, at(20, 3), "off_hours"),
    ],
)
def test_hours_presence_and_the_switch_together(facts, now, expected):
    assert absence_of(Member(**facts), open_conversations=0, now=now, schedule=schedule()) == expected


def test_a_member_sets_their_hours(cast):
    client, address = signed_in(cast.jana), reverse("assignment:my_hours")
    wrong = client.post(address, {"day_0": "17:00-9:00", "days_off": "Christmas"})
    assert wrong.status_code == 422
    assert "ends before it begins" in wrong.text
    assert "Write days as" in wrong.text
    client.post(address, {"day_0": "9:00-12:00, 13:00-17:00", "days_off": "2026-12-24"})
    page = client.get(address).text
    assert "09:00-12:00, 13:00-17:00" in page
    assert "2026-12-24" in page
    assert signed_in(cast.jana).get(reverse("assignment:our_hours")).status_code == 404
    admin = signed_in(cast.adam)
    admin.post(reverse("assignment:our_hours"), {"day_0": "9:00-17:00"})
    with cast.inside():
        assert LogEntry.objects.get().change_message == "Changed the working hours of the organization."


def test_away_until_the_clock_says_so(cast):
    signed_in(cast.jana).post(reverse("availability"), {"availability": "away", "until": "13:30"})
    with cast.inside():
        cast.jana.refresh_from_db()
        assert cast.jana.away_until.astimezone(PRAGUE).time() == time(13, 30)


def test_the_database_itself_refuses_what_makes_no_sense(cast):
    backwards = {"weekday": 0, "begins": time(17), "ends": time(9)}
    with cast.inside(), pytest.raises(IntegrityError), transaction.atomic():
        WorkingHours.objects.create(**backwards)
    with cast.inside(), pytest.raises(IntegrityError), transaction.atomic():
        Member.objects.filter(pk=cast.jana.pk).update(open_limit=-1)
    page = signed_in(cast.adam).post(
        f"/admin/accounts/member/{cast.jana.pk}/change/", {"role": "recruiter", "is_active": "on", "open_limit": "-1"}
    )
    assert "greater than or equal to 0" in page.text
