"""A person with what their score is made of; stands here because it reads campaigns and scores."""

from datetime import date, datetime
from typing import Any, Literal

from django.db.models import Prefetch, QuerySet
from django.http import HttpRequest
from ninja import Field, Query, Router, Schema

from accounts.api.input import Id, Line, found
from accounts.api.lists import Page
from accounts.api.tokens import may_read
from people.api_lists import Ordered, page_in_order
from people.models import Person
from scoring.models import ScoreRecord

MOST_RECORDS = 200
router = Router(tags=["people"])


class RecordOut(Schema):
    """Points for an activity by a rule, until the day they lapse; of an inactivity rule, without any of these three."""

    points: int
    rule: str
    activity: str | None
    happened_at: datetime | None
    lapses_on: date | None

    @staticmethod
    def resolve_rule(record: Any) -> str:
        return str(record)

    @staticmethod
    def resolve_activity(record: Any) -> str | None:
        return record.activity and record.activity.kind


class ApplicationOfPersonOut(Schema):
    id: Id
    campaign: str
    source: str | None
    stage: str
    applied_at: datetime

    @staticmethod
    def resolve_campaign(application: Any) -> str:
        return application.campaign.slug

    @staticmethod
    def resolve_source(application: Any) -> str | None:
        return application.source and application.source.slug


class PersonOut(Schema):
    """`emails`: the one written to comes first. `stopped_at`: since when they are written to no more, for they
    wrote STOP. `records`: the newest 200; all of them make the score."""

    id: Id
    kind: str
    name: str
    emails: list[str]
    phones: list[str]
    language: str
    stopped_at: datetime | None
    status: str | None
    tags: list[str]
    score: int
    temperature: str | None
    records: list[RecordOut]
    applications: list[ApplicationOfPersonOut]

    @staticmethod
    def resolve_emails(person: Any) -> list[str]:
        return [email.address for email in sorted(person.emails.all(), key=lambda email: not email.is_primary)]

    @staticmethod
    def resolve_phones(person: Any) -> list[str]:
        return [phone.number for phone in person.phones.all()]

    @staticmethod
    def resolve_status(person: Any) -> str | None:
        return person.status and person.status.slug

    @staticmethod
    def resolve_tags(person: Any) -> list[str]:
        return [tag.name for tag in person.tags.all()]

    @staticmethod
    def resolve_temperature(person: Any) -> str | None:
        return person.temperature and person.temperature.slug

    @staticmethod
    def resolve_records(person: Any) -> list[Any]:
        return list(person.newest_records)

    @staticmethod
    def resolve_applications(person: Any) -> list[Any]:
        return list(person.applications.all())


def people_to_show() -> QuerySet[Person]:
    records = ScoreRecord.objects.select_related("rule", "inactivity_rule", "activity").order_by("-happened_at", "-pk")
    together = Person.objects.select_related("status", "scored__temperature")
    return together.prefetch_related(
        "emails",
        "phones",
        "tags",
        Prefetch("records", records[:MOST_RECORDS], to_attr="newest_records"),
        "applications__campaign",
        "applications__source",
    )


class Filters(Ordered):
    kind: Literal["", "candidate", "contact"] = ""
    temperature: Line = Field("", description="A temperature's slug.")
    min_score: int | None = Field(None, ge=-(2**31), lt=2**31)
    max_score: int | None = Field(None, ge=-(2**31), lt=2**31)

    def narrow(self, rows: QuerySet[Person]) -> QuerySet[Person]:
        wanted = {
            "kind": self.kind,
            "scored__temperature__slug": self.temperature,
            "scored__total__gte": self.min_score,
            "scored__total__lte": self.max_score,
        }
        return rows.filter(**{name: value for name, value in wanted.items() if value not in {"", None}})


@router.get("/people", auth=may_read, response=Page[PersonOut], summary="List people and their scores")
def people(request: HttpRequest, asked: Query[Filters]) -> dict[str, Any]:
    return page_in_order(asked.narrow(people_to_show()), asked)


@router.get("/people/{id}", auth=may_read, response=PersonOut, summary="Show a person and their score")
def person(request: HttpRequest, id: str) -> Person:  # noqa: A002
    return found(people_to_show(), id)
