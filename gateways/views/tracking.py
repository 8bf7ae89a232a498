"""Reports of mail providers about what they have sent for us. What isn't signed is refused and kept nowhere."""

from typing import Any
from uuid import UUID

import structlog
from anymail.exceptions import AnymailAPIError, AnymailConfigurationError, AnymailWebhookValidationFailure
from anymail.signals import AnymailTrackingEvent
from django.http import HttpRequest, HttpResponse
from django.utils.module_loading import import_string
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST

from gateways import reports
from gateways.email.providers import UNREADABLE, NotFetched
from gateways.email.webhook_keys import View, keys_of
from gateways.views.inbound_mail import ASK

UNAUTHORIZED, BAD_REQUEST, NOT_FOUND, LATER = 401, 400, 404, 503
# What the library raises, unprepared for a body that isn't its provider's.
NOT_READ = (*UNREADABLE, AssertionError, AnymailAPIError, AnymailConfigurationError)
log = structlog.get_logger(__name__)


@csrf_exempt
@require_POST
def tracking(request: HttpRequest, provider: str, account: UUID | None = None) -> HttpResponse:
    """401: no signature or a wrong one. 400: nothing that can be read. 503: to be tried again. Otherwise 200, however
    often it comes."""
    if provider not in View.__members__:
        return HttpResponse(status=NOT_FOUND)
    keys = keys_of(provider, account)
    try:
        if keys is None:
            return HttpResponse(status=UNAUTHORIZED, headers=ASK)
        reader: Any = import_string(View[provider].value)(**keys)
        reader.run_validators(request)
    except (AnymailWebhookValidationFailure, AnymailConfigurationError, AnymailAPIError, *UNREADABLE):
        return HttpResponse(status=UNAUTHORIZED, headers=ASK)
    try:
        events = [event for event in reader.parse_events(request) if isinstance(event, AnymailTrackingEvent)]
    except NotFetched:
        return HttpResponse(status=LATER)
    except NOT_READ:
        log.warning("report_not_readable", provider=provider, exc_info=True)
        return HttpResponse(status=BAD_REQUEST)
    for event in events:
        reports.heard(event, account_id=account)
    return HttpResponse()
