from datetime import date, timedelta

import pytest
from django.urls import reverse

from people.models import Activity, Person
from scoring.history import Happened, total_on
from scoring.models import InactivityRule, ScoreRecord, ScoreRule
from tests.cast import signed_in


@pytest.fixture
def panel(at_noon, lead):
    return reverse("scoring:why", args=[lead.person_id])


@pytest.mark.parametrize("who", ["jana", "petr", "sofia", "adam"])
def test_who_sees_a_conversation_sees_why(cast, panel, who):
    text = signed_in(getattr(cast, who)).get(panel).content.decode()
    for said in ("15", "Warm", "Application", "+10", "Message received", "+5", "Tonight 02:00", "lapses"):
        assert said in text


@pytest.mark.parametrize("who", ["eva", "guest"])
def test_who_sees_none_gets_404(cast, panel, who):
    assert signed_in(getattr(cast, who)).get(panel).status_code == 404


def test_the_stranger_gets_404(cast, stranger, panel):
    assert signed_in(stranger.member).get(panel).status_code == 404


def test_a_visitor_is_asked_to_sign_in(client, panel):
    assert client.get(panel).status_code == 302


def test_only_reading_is_allowed(cast, panel):
    assert signed_in(cast.jana).post(panel).status_code == 405


def test_an_empty_panel_says_what_would_fill_it(cast):
    with cast.inside():
        person = Person.objects.create(name="Nobody yet")
    text = signed_in(cast.adam).get(reverse("scoring:why", args=[person.pk])).content.decode()
    assert "Nothing counts yet" in text


def test_each_record_leads_to_its_activity_in_the_thread(cast, panel):
    client = signed_in(cast.jana)
    with cast.inside():
        activity = Activity.objects.get(kind="message_received")
    address = reverse("scoring:activity", args=[activity.pk])
    assert address in client.get(panel).content.decode()
    place = client.get(address).url
    assert place.startswith(reverse("conversation", args=[activity.conversation_id]))
    assert place.partition("#")[2] in client.get(place).content.decode()
    assert signed_in(cast.eva).get(address).status_code == 404


def test_it_says_what_would_make_this_hot(cast, panel):
    text = " ".join(signed_in(cast.jana).get(panel).content.decode().split())
    assert "Any one of these would make it “Hot”:" in text
    assert "Replied within 60 minutes × 2" in text
    assert "Delivered: qualified × 2" in text


def test_an_inactivity_record_says_until_when(cast, panel):
    with cast.inside():
        rule = InactivityRule.objects.create(points=-5, after_days=30)
        ScoreRecord.objects.create(person=Person.objects.get(), inactivity_rule=rule, points=-5)
    text = signed_in(cast.jana).get(panel).content.decode()
    assert "No activity for 30 days" in text
    assert "until something happens" in text


def test_the_past_is_a_line_with_a_table_behind_it(cast, panel):
    text = signed_in(cast.jana).get(f"{panel}past/").content.decode()
    assert "<polyline" in text
    assert "style=" not in text
    assert text.count("<tr>") == 3  # the head, 0 since 90 days ago, 15 since today


DAY = date(2026, 11, 22)


@pytest.mark.parametrize(
    ("ago", "total"), [(40, 0), (31, 0), (30, -6), (21, -6), (20, 10), (11, 10), (10, -6), (5, 10)]
)
def test_the_total_of_a_day_by_the_rules(ago, total):
    """Came 40 days ago, calls 20 and 5 days ago; a call is worth 10 for ten days, ten quiet days take 6."""
    rule = ScoreRule(activity_kind="call", points=10, days=10)
    silence = InactivityRule(activity_kind="", after_days=10, points=-6)
    did = [Happened("call", DAY - timedelta(days=days), 1) for days in (20, 5)]
    assert total_on(DAY - timedelta(days=ago), did, [rule], [silence], DAY - timedelta(days=40)) == total
