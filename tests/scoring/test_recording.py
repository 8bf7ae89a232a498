from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest
import time_machine
from django.db import connection
from django.utils import timezone

from people.happening import happened
from people.models import Activity, Person
from recruitchat.reactions import follow_up
from scoring.days import scoring_day
from scoring.models import InactivityRule, ScoreRecord, ScoreRule
from scoring.working_out import WorkedOut, work_out

NOW = timezone.now()


def person_of(conversation) -> Person:
    return Person.objects.select_related("scored__temperature").get(pk=conversation.person_id)


def work_out_now(cast) -> WorkedOut:
    zone = cast.organization.zone
    with cast.inside():
        return work_out(today=scoring_day(NOW, zone), zone=str(zone), now=NOW)


def points(person) -> dict[str, int]:
    return dict(person.records.values_list("rule__activity_kind", "points"))


def test_an_application_with_a_message_scores_at_once(cast):
    conversation = cast.apply()
    with cast.inside():
        person = person_of(conversation)
        assert points(person) == {"application": 10, "message_received": 5}
        assert (person.score, person.temperature.name) == (15, "Warm")


def test_a_quick_answer_counts_once_however_many_lines_it_has(cast):
    conversation = cast.apply()
    with cast.inside():
        conversation.reply("When could you start?", by=cast.jana)
    for line in ("On Monday", "or Tuesday"):
        with cast.inside():
            conversation.receive(line, via="web")
    with cast.inside():
        kinds = list(Activity.objects.values_list("kind", flat=True))
        assert kinds.count("replied_quickly") == 1
        assert kinds.count("message_received") == 3
        assert person_of(conversation).score == 10 + 3 * 5 + 20


@pytest.mark.parametrize(
    ("within", "minutes", "is_quick"), [(60, 60, True), (60, 61, False), (15, 16, False), (1440, 61, True)]
)
def test_how_quick_a_quick_reply_is_the_rule_says(cast, within, minutes, is_quick):
    conversation = cast.apply()
    with cast.inside():
        ScoreRule.objects.filter(activity_kind="replied_quickly").update(within_minutes=within)
        conversation.reply("Hello", by=cast.jana, at=NOW - timedelta(days=1))
        conversation.receive("Hello", via="web", at=NOW - timedelta(days=1) + timedelta(minutes=minutes))
    with cast.inside():
        assert Activity.objects.get(kind="replied_quickly").minutes == minutes
        person = person_of(conversation)
        assert ("replied_quickly" in points(person)) is is_quick
    assert work_out_now(cast) == WorkedOut()


def test_an_answer_after_more_than_a_day_is_no_quick_reply(cast):
    conversation = cast.apply()
    with cast.inside():
        conversation.reply("Hello", by=cast.jana, at=NOW - timedelta(days=2))
        conversation.receive("Hello", via="web", at=NOW)
    with cast.inside():
        assert not Activity.objects.filter(kind="replied_quickly").exists()


def test_a_delivery_counts_by_its_basis(cast):
    conversation = cast.apply()
    with cast.inside():
        conversation.end_leg(by=cast.jana, data={"basis": "not_interested"}, at=NOW)
    with cast.inside():
        person = person_of(conversation)
        assert points(person)["delivered_not_interested"] == -40
        assert (person.score, person.temperature.name) == (-25, "Cold")


def test_a_third_party_scores_nothing_for_the_candidate(cast):
    conversation = cast.apply(text="")
    with cast.inside():
        conversation.receive("I am her brother", via="email", third_party="brother@mail.example")
    with cast.inside():
        assert list(Activity.objects.values_list("kind", flat=True)) == ["application"]


def test_going_through_the_reactions_again_changes_nothing(cast):
    conversation = cast.apply()
    with cast.inside():
        conversation.reply("Hello", by=cast.jana)
        conversation.receive("Hello", via="web")
    with cast.inside():
        before = (Activity.objects.count(), ScoreRecord.objects.count(), person_of(conversation).score)
        for event in conversation.events.all():
            follow_up(event)
        assert (Activity.objects.count(), ScoreRecord.objects.count(), person_of(conversation).score) == before


def test_only_rules_that_are_on_for_this_kind_of_person_in_this_status_count(cast):
    conversation = cast.apply()
    with cast.inside():
        ScoreRule.objects.exclude(activity_kind="call").delete()
        ScoreRule.objects.create(activity_kind="call", points=7, days=10)
        ScoreRule.objects.create(activity_kind="call", points=100, days=10, is_active=False)
        ScoreRule.objects.create(activity_kind="call", points=100, days=10, person_kind="contact")
        happened("call", person_id=conversation.person_id, subject="call-1", at=NOW)
        assert happened("call", person_id=conversation.person_id, subject="call-1", at=NOW) is None
        assert person_of(conversation).score == 7


def test_what_happened_too_long_ago_is_kept_and_counts_for_nothing(cast):
    conversation = cast.apply()
    with cast.inside():
        before = person_of(conversation).score
        happened("application", person_id=conversation.person_id, subject="old", at=NOW - timedelta(days=400))
        assert Activity.objects.filter(key="old:application").exists()
        assert person_of(conversation).score == before


def test_a_changed_score_is_shown_on_the_open_screens_after_the_commit(cast, monkeypatch):
    conversation = cast.apply()
    sent = []
    monkeypatch.setattr("conversations.live_items.broadcast", lambda *addressed: sent.extend(addressed))
    with cast.inside():
        happened("application", person_id=conversation.person_id, subject="second", at=NOW)
        assert not sent
    with cast.inside():
        said = [make() for _groups, make in sent]
    shown = [message["html"] for message in said if message["type"] == "list.item"]
    assert shown
    assert all("Warm 25" in html for html in shown)


def test_activities_at_the_same_moment_all_count(cast):
    conversation = cast.apply()

    def one(number: int) -> None:
        try:
            with cast.inside():
                happened("message_received", person_id=conversation.person_id, subject=f"m{number}", at=NOW)
        finally:
            connection.close()

    with ThreadPoolExecutor(6) as pool:
        list(pool.map(one, range(18)))
    with cast.inside():
        assert person_of(conversation).score == 15 + 18 * 5


def test_one_activity_to_total_and_temperature_takes_at_most_six_statements(cast, django_assert_max_num_queries):
    conversation = cast.apply()
    with cast.inside(), django_assert_max_num_queries(6):
        happened("call", person_id=conversation.person_id, subject="1", at=timezone.now())


def test_a_new_activity_gives_back_what_inactivity_took(cast):
    conversation = cast.apply()
    later = timezone.now() + timedelta(days=40)
    with cast.inside():
        InactivityRule.objects.create(activity_kind="", after_days=30, points=-10)
        work_out(today=later.date(), zone="Europe/Prague", now=later)
        assert points(person_of(conversation)) == {"application": 10, None: -10}
        with time_machine.travel(later):
            happened("note", person_id=conversation.person_id, subject="1", at=later)
        assert points(person_of(conversation)) == {"application": 10}
        assert person_of(conversation).score == 10


def test_it_is_remembered_since_when_the_temperature_is_what_it_is(cast):
    conversation = cast.apply()
    with cast.inside():
        since = person_of(conversation).scored.temperature_at
        happened("application", person_id=conversation.person_id, subject="2", at=NOW)
        assert person_of(conversation).scored.temperature_at == since
        for number in range(3):
            happened("application", person_id=conversation.person_id, subject=f"3{number}", at=NOW)
        assert person_of(conversation).temperature.slug == "hot"
        assert person_of(conversation).scored.temperature_at != since
