from typing import Any

from celery import shared_task
from django.utils import timezone

from accounts.doors import all_organizations
from accounts.tenancy import enter
from conversations.signals import unhurried
from gateways import inbox, outbox

BATCH = 200


@shared_task(time_limit=outbox.TIME_LIMIT)
def send_attempt(*, organization_id: int, attempt_id: str, **kwargs: Any) -> None:
    outbox.send(organization_id, attempt_id)


@shared_task
def sweep_outbox(**kwargs: Any) -> None:
    """Finds what lost tasks have left behind, and what is due again."""
    for organization_id in all_organizations():
        with enter(organization_id):
            ids = [str(pk) for pk in outbox.due(timezone.now()).values_list("pk", flat=True)[:BATCH]]
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
def sweep_arrivals(**kwargs: Any) -> None:
    """Finds stored arrivals whose task was lost or broke, and answers that still have to go out."""
    for organization_id in all_organizations():
        with enter(organization_id):
            stored = [str(pk) for pk in inbox.to_understand(timezone.now()).values_list("pk", flat=True)[:BATCH]]
            unanswered = [str(pk) for pk in inbox.to_answer(timezone.now()).values_list("pk", flat=True)[:BATCH]]
        for arrival_id in stored:
            inbox.understand(organization_id, arrival_id)
        for arrival_id in unanswered:
            inbox.answer(organization_id, arrival_id)
