"""A person with what their score is made of; stands here because it reads campaigns and scores."""

from datetime import date, datetime
from typing import Any

from django.db.models import Prefetch, QuerySet
from django.http import HttpRequest
from ninja import Router, Schema

from accounts.api.input import Id, found
from accounts.api.tokens import may_read
from people.models import Person
from scoring.models import ScoreRecord

router = Router(tags=["people"])


class RecordOut(Schema):
    """Points for an activity by a rule, until the day they lapse."""

    points: int
    rule: str
    activity: str
    happened_at: datetime
    lapses_on: date

    @staticmethod
    def resolve_rule(record: Any) -> str:
        return str(record.rule)

    @staticmethod
    def resolve_activity(record: Any) -> str:
        return record.activity.kind


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
    """`emails`: the one written to comes first."""

    id: Id
    kind: str
    name: str
    emails: list[str]
    phones: list[str]
    language: str
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
        return list(person.records.all())

    @staticmethod
    def resolve_applications(person: Any) -> list[Any]:
        return list(person.applications.all())


def people_to_show() -> QuerySet[Person]:
    records = ScoreRecord.objects.select_related("rule", "activity").order_by("-happened_at", "-pk")
    together = Person.objects.select_related("status", "temperature")
    return together.prefetch_related(
        "emails",
        "phones",
        "tags",
        Prefetch("records", records),
        "applications__campaign",
        "applications__source",
    )


@router.get("/people/{id}", auth=may_read, response=PersonOut, summary="Show a person and their score")
def person(request: HttpRequest, id: str) -> Person:  # noqa: A002
    return found(people_to_show(), id)
