"""The SQL against plain Python, as things happen and at night, over made-up histories and rules."""

from datetime import UTC, datetime, timedelta
from uuid import uuid4
from zoneinfo import ZoneInfo

import time_machine
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from people.happening import happened
from people.models import Activity, Person, PersonScore, PersonStatus
from scoring import night
from scoring.days import scoring_day
from scoring.models import InactivityRule, InactivityStatus, NightRun, RuleStatus, ScoreRecord, ScoreRule
from scoring.working_out import WorkedOut
from tests.scoring.oracle import Points, Silence, Somebody, records

NOW = datetime(2026, 11, 22, 12, tzinfo=UTC)
ZONE = ZoneInfo("Europe/Prague")
KINDS = ["application", "message_received", "link_opened", "call"]
person_kinds, on = st.sampled_from(["candidate", "candidate", "contact"]), st.sampled_from([True, True, False])
statuses = st.sampled_from([None, "new", "placed"])
minutes = st.integers(0, 60 * 24 * 60)
points = st.builds(Points, st.sampled_from(KINDS), st.integers(-40, 60), st.integers(1, 40), person_kinds, statuses, on)
once = st.builds(Silence, st.sampled_from(["", *KINDS]), st.integers(1, 40), st.integers(-40, -1))
again = st.builds(
    lambda kind, after, points, every, times, person_kind, status: Silence(
        kind, after, points, every, points * times - times % 2, person_kind, status
    ),
    st.sampled_from(["", *KINDS]), st.integers(1, 30), st.integers(-40, -1), st.integers(1, 20), st.integers(1, 4),
    person_kinds, statuses,
)  # fmt: skip
people = st.lists(
    st.tuples(person_kinds, statuses, minutes, st.lists(st.tuples(st.sampled_from(KINDS), minutes), max_size=5)),
    min_size=1,
    max_size=3,
)


def ago(number: int) -> datetime:
    return NOW - timedelta(minutes=number)


def put_down(rules: list[Points | Silence]) -> None:
    ScoreRule.objects.all().delete()
    InactivityRule.objects.all().delete()
    status = {each.slug: each for each in PersonStatus.objects.all()}
    for rule in rules:
        model, through = (ScoreRule, RuleStatus) if isinstance(rule, Points) else (InactivityRule, InactivityStatus)
        row = model.objects.create(**{name: value for name, value in vars(rule).items() if name != "status"})
        if rule.status:
            through.objects.create(rule=row, status=status[rule.status])


def make(somebodies: list[Somebody]) -> list[Person]:
    Person.objects.all().delete()
    status = {each.slug: each for each in PersonStatus.objects.all()}
    made = []
    for number, each in enumerate(somebodies):
        person = Person.objects.create(name=str(number), kind=each.kind, status=status.get(each.status))
        Person.objects.filter(pk=person.pk).update(created_at=each.came_at)
        made.append(person)
    return made


def is_as_it_must_be(somebodies, made, rules, today) -> bool:
    for each, person in zip(somebodies, made, strict=True):
        must = records(each, rules, today, ZONE)
        assert sorted(person.records.values_list("points", flat=True)) == must, person.name
        person.refresh_from_db()
        assert person.score == sum(must)
        assert person.scored.temperature_id == temperature_of(sum(must))
    return True


def temperature_of(total: int):
    from people.models import Temperature
    from scoring.temperatures import Range, classify

    return classify(total, [Range(t.name, t.lower, t.upper, t.pk) for t in Temperature.objects.all()]).key


YESTERDAY = NOW - timedelta(days=1)


@settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(people, st.lists(points | once | again, max_size=5), st.booleans())
@example([("candidate", None, 50_000, [("call", 60)])], [Silence("", 5, -10, 5, -30), Points("call", 7, 10)], False)
@example([("candidate", None, 10_000, [])], [Silence("", 3, -10, 2, -30)], False)
def test_as_things_happen_and_at_night_it_comes_to_what_the_rules_say(cast, people, rules, imported):
    """What happened until yesterday, yesterday's night, what happened since (or was written past us), tonight's night:
    that is what the rules say, and to work it all out for everybody changes nothing."""
    somebodies = [
        Somebody(kind, status, ago(came), [(what, ago(min(when, came))) for what, when in did])
        for kind, status, came, did in people
    ]
    with cast.inside():
        NightRun.objects.all().delete()
        put_down(rules)
        made = make(somebodies)
    story = [(at, kind, person) for s, person in zip(somebodies, made, strict=True) for kind, at in s.activities]
    before = [one for one in story if one[0] <= YESTERDAY]
    tell(cast, before, now=YESTERDAY, imported=False)
    night.run_if_due(cast.organization.pk, YESTERDAY)
    tell(cast, [one for one in story if one[0] > YESTERDAY], now=NOW, imported=imported)
    last = night.run_if_due(cast.organization.pk, NOW)
    assert last
    assert last.is_of_due
    with cast.inside():
        assert is_as_it_must_be(somebodies, made, rules, scoring_day(NOW, ZONE))
    _run, everybody = night.run(cast.organization.pk, NOW)
    assert everybody == WorkedOut()
    with cast.inside():
        ScoreRecord.objects.all().delete()
        PersonScore.objects.all().delete()
    night.run(cast.organization.pk, NOW)
    with cast.inside():
        assert is_as_it_must_be(somebodies, made, rules, scoring_day(NOW, ZONE))


def tell(cast, story, *, now: datetime, imported: bool) -> None:
    with cast.inside(), time_machine.travel(now, tick=False):
        for at, kind, person in sorted(story, key=lambda one: one[0]):
            if imported:
                Activity.objects.create(kind=kind, person=person, key=f"{uuid4()}", happened_at=at)
            else:
                happened(kind, person_id=person.pk, subject=uuid4(), at=at)
