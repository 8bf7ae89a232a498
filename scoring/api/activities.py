"""What happened with people elsewhere: one activity or many, each kept once by the key its program gave it."""

from datetime import UTC, datetime, timedelta
from typing import Annotated, Any
from uuid import UUID

from django.http import HttpRequest
from django.utils import timezone
from django.utils.dateparse import parse_datetime
from ninja import Field, Router, Schema, Status

from accounts.api.input import Id, Line, Text
from accounts.api.problems import Problem
from accounts.api.tokens import may_write
from people.finding import person_at
from people.happening import happened
from people.models import Activity, Person

MOST = 1000
AHEAD = timedelta(minutes=5)  # clocks differ
BEGINNING = datetime(1970, 1, 1, tzinfo=UTC)
KIND_IN_WORDS = f"One of {', '.join(Activity.Kind.values)}."

router = Router(tags=["people"])


class ActivityIn(Schema):
    """`key` is the caller's own: the same key and kind again is the same activity, and changes nothing."""

    person: Line = Field(description="The person's id, or an email address of theirs.")
    kind: Line = Field(description=KIND_IN_WORDS)
    at: Line = Field(description="When, ISO 8601 with an offset; not in the future.")
    key: Annotated[Text, Field(min_length=1, max_length=100)]


class ActivityOut(Schema):
    """`is_new`: false when it was kept before."""

    person: Id
    kind: str
    at: datetime
    key: str
    is_new: bool


class OneOfMany(Schema):
    """`status` is 201, or 422 with `errors` by field."""

    status: int
    activity: ActivityOut | None = None
    errors: dict[str, str] = {}


@router.post(
    "/activities",
    auth=may_write,
    response={201: ActivityOut, 207: list[OneOfMany]},
    summary="Say what happened with a person, or with up to 1,000",
)
def activities(request: HttpRequest, said: ActivityIn | Annotated[list[ActivityIn], Field(max_length=MOST)]) -> Any:
    """One: 201. A list: 207, with an answer to each in the order of the list; what is right is kept."""
    now = timezone.now()
    if isinstance(said, ActivityIn):
        person, at = checked(said, now)
        return Status(201, keep(said, person, at))
    return Status(207, many(said, now))


def many(said: list[ActivityIn], now: datetime) -> list[dict[str, Any]]:
    """People are locked in the order of their ids, so that two lists at one moment don't wait for each other."""
    answers: list[dict[str, Any]] = [{} for _ in said]
    right: list[tuple[Person, int, datetime]] = []
    for place, one in enumerate(said):
        try:
            person, at = checked(one, now)
            right.append((person, place, at))
        except Problem as problem:
            answers[place] = {"status": 422, "errors": problem.errors}
    for person, place, at in sorted(right, key=lambda each: (each[0].pk, each[1])):
        answers[place] = {"status": 201, "activity": keep(said[place], person, at)}
    return answers


def keep(said: ActivityIn, person: Person, at: datetime) -> dict[str, Any]:
    kept = happened(said.kind, person_id=person.pk, subject=f"api:{said.key}", at=at)
    return {"person": person.pk, "kind": said.kind, "at": at, "key": said.key, "is_new": kept is not None}


def checked(said: ActivityIn, now: datetime) -> tuple[Person, datetime]:
    """Whom and when it is about. Raises Problem (422) that names every field that isn't right."""
    errors: dict[str, str] = {}
    person, at = _person(said.person), _time(said.at)
    if person is None:
        errors["person"] = "The organization has nobody with this id or address."
    if said.kind not in Activity.Kind.values:
        errors["kind"] = KIND_IN_WORDS
    if at is None or not BEGINNING <= at <= now + AHEAD:
        errors["at"] = "A time since 1970 and not in the future, with an offset, such as 2026-11-22T10:00:00+01:00."
    if errors or person is None or at is None:
        raise Problem(422, "Some fields aren't right.", errors=errors)
    return person, at


def _person(named: str) -> Person | None:
    if "@" in named:
        return person_at(named)
    try:
        return Person.objects.filter(pk=UUID(named)).first()
    except ValueError:
        return None


def _time(text: str) -> datetime | None:
    try:
        at = parse_datetime(text)
    except ValueError:
        return None
    return at if at and timezone.is_aware(at) else None
