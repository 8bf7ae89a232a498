from datetime import timedelta
from importlib import import_module
from typing import Any

from axes.models import AccessAttempt, AccessLog
from celery import shared_task
from django.conf import settings
from django.utils import timezone

from accounts.addressed_mail import AddressedMail
from accounts.doors import all_organizations
from accounts.mailing import TemporaryFailure, hand_over
from accounts.models import IdempotencyKey
from accounts.tenancy import enter

SIGN_INS_ARE_KEPT_FOR = timedelta(days=90)


@shared_task
def tidy_up(**kwargs: Any) -> None:
    """Removes what has had its time: keys of requests, sessions, and who tried to sign in."""
    now = timezone.now()
    for organization_id in all_organizations():
        with enter(organization_id):
            IdempotencyKey.objects.outlived(now).delete()
    import_module(settings.SESSION_ENGINE).SessionStore.clear_expired()
    for model in (AccessAttempt, AccessLog):
        model.objects.filter(attempt_time__lt=now - SIGN_INS_ARE_KEPT_FOR).delete()


@shared_task(autoretry_for=(TemporaryFailure,), retry_backoff=5, max_retries=6)
def send_mail(
    *, subject: str, text: str, html: str, sender: str, to: list[str], headers: dict[str, str], **kwargs: Any
) -> None:
    mail = AddressedMail(subject, text, sender, to, headers=headers)
    if html:
        mail.attach_alternative(html, "text/html")
    hand_over(mail)
