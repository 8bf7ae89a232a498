from datetime import timedelta

import pytest
from django.utils import timezone

from people.models import Activity, Person
from scoring.models import InactivityRule, ScoreRule
from scoring.working_out import work_out


@pytest.fixture
def lead(cast, lead):
    with cast.inside():
        ScoreRule.objects.create(activity_kind="call", points=7, days=10)
    return lead


def said(**changes) -> dict:
    at = (timezone.now() - timedelta(hours=1)).isoformat()
    return {"person": "lucie@mail.example", "kind": "call", "at": at, "key": "call-1"} | changes


def test_an_activity_is_kept_and_scored_once(cast, api, lead):
    answers = [api.post("/activities", said()) for _ in range(2)]
    assert [answer.status_code for answer in answers] == [201, 201]
    assert [answer.json()["is_new"] for answer in answers] == [True, False]
    with cast.inside():
        assert Activity.objects.filter(kind="call").count() == 1
        assert Person.objects.get().score == 15 + 7


@pytest.mark.parametrize(
    ("odd", "field"),
    [
        ({"kind": "telepathy"}, "kind"), ({"at": "2999-01-01T00:00:00Z"}, "at"), ({"at": "2026-01-01T00:00:00"}, "at"),
        ({"at": "1969-12-31T00:00:00Z"}, "at"), ({"at": "2026-02-30T00:00:00Z"}, "at"), ({"person": "x"}, "person"),
        ({"person": "nobody@mail.example"}, "person"), ({"key": ""}, "key"), ({"key": "x" * 101}, "key"),
        ({"person": "a\x00@mail.example"}, "person"),
    ],
)  # fmt: skip
def test_what_is_not_right_is_named(cast, api, lead, odd, field):
    answer = api.post("/activities", said(**odd))
    assert answer.status_code == 422
    assert any(error["field"].endswith(field) for error in answer.json()["errors"])
    with cast.inside():
        assert not Activity.objects.filter(kind="call").exists()


def test_an_activity_from_1970_is_kept_and_counts_for_nothing(cast, api, lead):
    assert api.post("/activities", said(at="1970-01-01T00:00:00Z")).status_code == 201
    with cast.inside():
        assert Person.objects.get().score == 15


def test_of_many_the_right_ones_are_kept_and_each_is_answered(cast, api, lead):
    answer = api.post(
        "/activities", [said(), said(kind="x", key="2"), said(person=str(lead.person_id), key="3"), said()]
    )
    assert answer.status_code == 207
    assert [one["status"] for one in answer.json()] == [201, 422, 201, 201]
    assert answer.json()[1]["errors"].keys() == {"kind"}
    with cast.inside():
        assert Activity.objects.filter(kind="call").count() == 2


def test_more_than_a_thousand_are_refused(cast, api, lead):
    assert api.post("/activities", [said()] * 1001).status_code == 422


def test_a_strangers_person_is_unknown(cast, api, stranger):
    with stranger.inside():
        theirs = Person.objects.create(name="Theirs")
    assert api.post("/activities", said(person=str(theirs.pk))).status_code == 422


def test_people_are_listed_by_temperature_and_score_with_their_records(cast, api, lead):
    with cast.inside():
        InactivityRule.objects.create(points=-5, after_days=1)
        work_out(today=(timezone.now() + timedelta(days=2)).date(), zone="Europe/Prague", now=timezone.now())
    listed = api.get("/people", temperature="warm", min_score=10).json()["items"]
    assert [(one["score"], one["temperature"]) for one in listed] == [(10, "warm")]
    silence = next(record for record in listed[0]["records"] if record["activity"] is None)
    assert (silence["points"], silence["rule"]) == (-5, "No activity for 1 day")
    assert api.get("/people", max_score=9).json()["items"] == []
