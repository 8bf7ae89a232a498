"""What goes on without a delivery: its view with ages, and a word to its owner when it takes long."""

import re
from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from accounts.models import Organization
from accounts.tenancy import across_organizations
from conversations.models import Event, Leg
from delivery.delivering import deliver
from delivery.tasks import nudge_undelivered
from notifications.models import Notification
from tests.cast import signed_in
from tests.delivery.outcomes import outcome


@pytest.fixture
def worked_on(cast, lead):
    """Lucie's and Daan's conversations, answered by Jana; Lucie's for four days, Daan's for two."""
    conversations = [lead, cast.apply("Daan Visser", "daan@mail.example")]
    with cast.inside():
        for conversation, days in zip(conversations, (4, 2), strict=True):
            conversation.reply("Hello", by=cast.jana)
            began = timezone.now() - timedelta(days=days, minutes=1)
            Leg.objects.filter(conversation=conversation).update(started_at=began)
    return conversations


def told(cast) -> list[str]:
    nudge_undelivered()
    with cast.inside():
        rows = Notification.objects.filter(kind="undelivered").order_by("created_at")
        return [f"{row.member.short_name} of {row.conversation}" for row in rows.select_related("member__user")]


def test_the_view_shows_the_oldest_first_with_their_ages(cast, worked_on):
    cast.apply("Nobody Answered", "n@mail.example")
    page = signed_in(cast.jana).get(reverse("inbox", args=["undelivered"])).content.decode()
    shown = re.findall(r'<span class="who">([^<]+)', page)
    assert shown == ["Lucie Němcová", "Daan Visser"]
    assert page.count("undelivered for {time}") == 2
    newest = signed_in(cast.jana).get(reverse("inbox", args=["undelivered"]) + "?sort=newest").content.decode()
    assert newest.index("Daan Visser") < newest.index("Lucie Němcová")
    assert "undelivered for" not in signed_in(cast.jana).get(reverse("inbox", args=["mine"])).content.decode()


def test_the_owner_is_told_once_after_the_time_the_organization_sets(cast, worked_on):
    assert told(cast) == told(cast) == ["Jana of Lucie Němcová"]
    with cast.inside():
        assert Event.objects.get(kind="undelivered").data == {"days": 4, "to": "Jana Dvořáková"}
    with across_organizations():
        Organization.objects.filter(pk=cast.organization.pk).update(undelivered_after_days=1)
    assert told(cast) == ["Jana of Lucie Němcová", "Jana of Daan Visser"]


def test_nobody_is_told_of_what_was_delivered_snoozed_or_is_nobodys(cast, worked_on):
    lucie, daan = worked_on
    with cast.inside():
        Leg.objects.update(started_at=timezone.now() - timedelta(days=9))
        deliver(lucie, outcome(lucie), by=cast.jana, to=[])
        daan.snooze(timezone.now() + timedelta(days=1), by=cast.jana)
    assert told(cast) == []
    with cast.inside():
        daan.wake()
        daan.assign_to(None, because="by_hand")
    assert told(cast) == []


def test_a_new_leg_begins_anew(cast, worked_on):
    assert told(cast) == ["Jana of Lucie Němcová"]
    with cast.inside():
        lucie = worked_on[0]
        deliver(lucie, outcome(lucie), by=cast.jana, to=[])
        lucie.take_up(by=cast.jana)
    assert len(told(cast)) == 1
    with cast.inside():
        Event.objects.filter(kind="undelivered").update(created_at=timezone.now() - timedelta(days=30))
        Leg.objects.filter(conversation=lucie, number=2).update(started_at=timezone.now() - timedelta(days=5))
    assert len(told(cast)) == 2
