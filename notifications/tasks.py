from typing import Any

from celery import shared_task
from django.utils import timezone

from accounts.doors import all_organizations
from accounts.tenancy import enter
from notifications import mailing

BATCH = 200


@shared_task(time_limit=mailing.TIME_LIMIT)
def mail_notification(*, organization_id: int, notification_id: str, **kwargs: Any) -> None:
    mailing.send(organization_id, notification_id)


@shared_task
def sweep_notifications(**kwargs: Any) -> None:
    """Finds what lost tasks have left behind, and what is due again."""
    for organization_id in all_organizations():
        with enter(organization_id):
            ids = [str(pk) for pk in mailing.due(timezone.now()).values_list("pk", flat=True)[:BATCH]]
        for notification_id in ids:
            facts = {"organization_id": organization_id, "notification_id": notification_id}
            mail_notification.apply_async(kwargs=facts, expires=20)
