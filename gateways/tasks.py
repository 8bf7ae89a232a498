from typing import Any

from celery import shared_task
from django.db.models import QuerySet
from django.utils import timezone

from accounts.doors import all_organizations
from accounts.tenancy import enter
from conversations.signals import unhurried
from gateways import inbox, outbox
from gateways.models import Arrival

BATCH = 200


@shared_task(time_limit=outbox.TIME_LIMIT)
def send_attempt(*, organization_id: int, attempt_id: str, **kwargs: Any) -> None:
    outbox.send(organization_id, attempt_id)


@shared_task
def sweep_outbox(**kwargs: Any) -> None:
    """Finds what lost tasks have left behind, and what is due again."""
    for organization_id in all_organizations():
        with enter(organization_id):
            ids = _some(outbox.due(timezone.now()))
        for attempt_id in ids:
            # Expires before the next sweep but one, so that sweeps don't pile up before a slow server.
            send_attempt.apply_async(kwargs={"organization_id": organization_id, "attempt_id": attempt_id}, expires=10)


@shared_task
def understand_arrivals(*, organization_id: int, **kwargs: Any) -> None:
    with unhurried():
        if inbox.understand_waiting(organization_id):
            understand_arrivals.delay(organization_id=organization_id)


@shared_task
def answer_arrival(*, organization_id: int, arrival_id: str, **kwargs: Any) -> None:
    inbox.answer(organization_id, arrival_id)


@shared_task
def understand_arrival(*, organization_id: int, arrival_id: str, **kwargs: Any) -> None:
    """One that broke, or its worker: by itself, while the others go on."""
    inbox.understand(organization_id, arrival_id)


@shared_task
def sweep_arrivals(**kwargs: Any) -> None:
    """Finds stored arrivals whose task was lost or broke, and answers that still have to go out."""
    for organization_id in all_organizations():
        now = timezone.now()
        with enter(organization_id):
            is_lost = Arrival.objects.untried().filter(arrived_at__lt=now - inbox.GRACE).exists()
            broken, unanswered = _some(Arrival.objects.due_again(now)), _some(Arrival.objects.to_answer(now))
        if is_lost:
            inbox.call(organization_id)
        for task, ids in ((understand_arrival, broken), (answer_arrival, unanswered)):
            for arrival_id in ids:
                task.apply_async(kwargs={"organization_id": organization_id, "arrival_id": arrival_id}, expires=10)


def _some(rows: QuerySet) -> list[str]:
    return [str(pk) for pk in rows.values_list("pk", flat=True)[:BATCH]]
