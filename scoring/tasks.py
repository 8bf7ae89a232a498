from typing import Any

import structlog
from celery import shared_task
from django.utils import timezone

from accounts.doors import all_organizations
from scoring.night import run_if_due

log = structlog.get_logger(__name__)


@shared_task
def score_at_night(**kwargs: Any) -> None:
    """Asks which organizations' night has come and isn't done, and gives each a task of its own."""
    for organization_id in all_organizations():
        score_organization_at_night.delay(organization_id=organization_id)


@shared_task
def score_organization_at_night(*, organization_id: int, **kwargs: Any) -> None:
    """Runs the organization's night when it is due. What fails is raised, written into the run, and tried again."""
    run_if_due(organization_id, timezone.now())
