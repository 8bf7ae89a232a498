from typing import Any

import structlog
from celery import shared_task
from django.db import transaction
from django.utils import timezone

from accounts.doors import all_organizations
from accounts.tenancy import current_organization_id
from scoring import morning, night
from scoring.models import NightRun

log = structlog.get_logger(__name__)


@shared_task
def score_at_night(**kwargs: Any) -> None:
    """Asks which organizations' night has come and isn't done, and gives each a task of its own."""
    for organization_id in all_organizations():
        score_organization.delay(organization_id=organization_id)


@shared_task
def score_organization(*, organization_id: int, **kwargs: Any) -> None:
    """Works out what is due. What fails is written into its run and the log; the next beat tries again."""
    try:
        night.run_if_due(organization_id, timezone.now())
    except Exception:
        log.exception("night_failed", organization=organization_id)


@shared_task
def mail_mornings(**kwargs: Any) -> None:
    """Mails the morning lists of the organizations whose morning has come."""
    for organization_id in all_organizations():
        try:
            morning.mail_if_due(organization_id, timezone.now())
        except Exception:
            log.exception("morning_not_mailed", organization=organization_id)


def work_out_soon() -> NightRun:
    """After a change of rules or temperatures: everything is worked out in the background, from the commit on."""
    organization_id = current_organization_id()
    assert organization_id
    asked = night.ask(organization_id, timezone.now())
    transaction.on_commit(lambda: score_organization.delay(organization_id=organization_id), robust=True)
    return asked
