"""Replies to be said later."""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from django.urls import reverse
from django.utils import timezone

from conversations.models import Event, Message, ScheduledReply
from conversations.moments import times_to_wake, times_to_write
from conversations.tasks import send_scheduled
from notifications.models import Notification
from people.models import Person
from tests.cast import CV, signed_in

HTMX = {"HX-Request": "true"}
LATER = {"text": "Good morning", "send_at": (timezone.now() + timedelta(days=2)).isoformat()}


def plan(cast, lead, who="jana", **more):
    address = reverse("scheduled", args=[lead.pk])
    return signed_in(getattr(cast, who)).post(address, LATER | more, headers=HTMX)


def its_time_comes(cast) -> None:
    with cast.inside():
        ScheduledReply.objects.update(send_at=timezone.now() - timedelta(seconds=1))
    send_scheduled()
    send_scheduled()


@pytest.mark.parametrize(
    ("now", "zone", "expected"),
    [
        ("2026-11-20 08:00", "Europe/Prague", ["20 14:00", "21 09:00", "21 14:00", "23 09:00"]),
        ("2026-11-20 14:30", "Europe/Prague", ["21 09:00", "21 14:00", "23 09:00"]),
        ("2026-11-22 23:30", "Europe/Prague", ["23 14:00", "24 09:00", "24 14:00", "30 09:00"]),
        ("2026-11-22 12:00", "America/New_York", ["22 14:00", "23 09:00", "23 14:00"]),
    ],
)
def test_moments_are_those_of_the_persons_day(now, zone, expected):
    at = datetime.fromisoformat(now).replace(tzinfo=UTC)
    assert [f"{choice.at:%d %H:%M}" for choice in times_to_write(at, ZoneInfo(zone))] == expected


@pytest.mark.parametrize(("now", "mornings"), [("2026-11-20", ["21", "23", "20"]), ("2026-11-22", ["23", "22"])])
def test_a_snooze_names_no_morning_twice(now, mornings):
    noon = datetime.fromisoformat(f"{now} 12:00").replace(tzinfo=UTC)
    assert [f"{choice.at:%d}" for choice in times_to_wake(noon, ZoneInfo("Europe/Prague"))][1:] == mornings


def test_it_is_said_once_when_its_time_has_come(cast, lead, mailoutbox):
    assert plan(cast, lead).status_code == 201
    send_scheduled()
    with cast.inside():
        assert not Message.objects.filter(kind="outbound").exists()
    its_time_comes(cast)
    with cast.inside():
        message = Message.objects.get(kind="outbound")
        assert (message.text, message.author, message.delivery_state) == ("Good morning", cast.jana, "sent")
        assert not ScheduledReply.objects.exists()


def test_a_typed_time_is_the_persons_own(cast, lead):
    with cast.inside():
        Person.objects.update(time_zone="America/New_York")
    day = timezone.now().date() + timedelta(days=3)
    assert plan(cast, lead, send_at="", at=f"{day}T09:00").status_code == 201
    with cast.inside():
        there = ScheduledReply.objects.get().send_at.astimezone(ZoneInfo("America/New_York"))
    assert f"{there:%Y-%m-%d %H:%M}" == f"{day} 09:00"


def test_no_time_is_asked_for(cast, lead):
    refused = plan(cast, lead, send_at="", at="")
    assert (refused.status_code, "Choose a date and a time." in refused.text) == (422, True)


def test_files_go_with_it(cast, lead):
    from django.core.files.uploadedfile import SimpleUploadedFile

    assert plan(cast, lead, files=[SimpleUploadedFile(CV.name, CV.content)]).status_code == 201
    its_time_comes(cast)
    with cast.inside():
        assert Message.objects.get(kind="outbound").files.get().name == CV.name


def test_it_is_listed_changed_and_called_off(cast, lead):
    plan(cast, lead)
    with cast.inside():
        planned = ScheduledReply.objects.get()
    jana, one = signed_in(cast.jana), reverse("scheduled_one", args=[planned.pk])
    assert "Good morning" in jana.get(reverse("scheduled_mine")).content.decode()
    assert "Good morning" in jana.get(reverse("conversation", args=[lead.pk])).content.decode()
    assert "Good morning" in jana.get(one).content.decode()
    refused = jana.post(one, {"text": "Better", "send_at": "2001-01-01T09:00"})
    assert refused.status_code == 422
    assert "Better" in refused.content.decode()
    assert jana.post(one, LATER | {"text": "Better"}, headers=HTMX).status_code == 200
    with cast.inside():
        assert ScheduledReply.objects.get().text == "Better"
    assert jana.delete(one, headers=HTMX).status_code == 200
    assert jana.get(one).status_code == 404


@pytest.mark.parametrize(
    ("more", "status"), [({"text": " "}, 422), ({"send_at": "soon"}, 422), ({"send_at": "2001-01-01T09:00"}, 422)]
)
def test_what_cannot_be_planned_is_refused(cast, lead, more, status):
    refused = plan(cast, lead, **more)
    assert refused.status_code == status
    assert 'role="alert"' in refused.content.decode()


@pytest.mark.parametrize("who", ["eva", "guest"])
def test_others_do_not_see_it(cast, lead, who, stranger):
    plan(cast, lead)
    with cast.inside():
        planned = ScheduledReply.objects.get()
    assert plan(cast, lead, who=who).status_code == 404
    for other in (getattr(cast, who), stranger.member):
        assert signed_in(other).get(reverse("scheduled_one", args=[planned.pk])).status_code == 404


def test_what_no_longer_holds_is_held_and_loudly(cast, lead):
    plan(cast, lead)
    with cast.inside():
        lead.refresh_from_db()
        lead.reply("I have answered", by=cast.petr)
    its_time_comes(cast)
    with cast.inside():
        assert Message.objects.filter(kind="outbound").count() == 1
        planned = ScheduledReply.objects.get()
        assert "colleague" in planned.refusal
        assert Event.objects.filter(kind="reply_held").count() == 1
        assert Notification.objects.filter(kind="reply_held", member=cast.jana).exists()
    one = reverse("scheduled_one", args=[planned.pk])
    assert "colleague" in signed_in(cast.jana).get(one).content.decode()
    signed_in(cast.jana).post(one, LATER, headers=HTMX)
    its_time_comes(cast)
    with cast.inside():
        assert Message.objects.filter(kind="outbound").count() == 2


def test_who_lost_access_says_nothing_more(cast, lead):
    plan(cast, lead, who="petr")
    with cast.inside():
        cast.campaign.access.filter(member=cast.petr).delete()
    its_time_comes(cast)
    with cast.inside():
        assert not Message.objects.filter(kind="outbound").exists()
        assert "access" in ScheduledReply.objects.get().refusal
