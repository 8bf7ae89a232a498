"""Reports of mail providers about what they have sent for us. What isn't signed is refused and kept nowhere."""

from typing import Any
from uuid import UUID

from anymail.exceptions import AnymailConfigurationError, AnymailWebhookValidationFailure
from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.utils.module_loading import import_string
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST

from gateways import reports
from gateways.email.webhook_keys import View, keys_of

UNAUTHORIZED, BAD_REQUEST, NOT_FOUND = 401, 400, 404


@csrf_exempt
@require_POST
def tracking(request: HttpRequest, provider: str, account: UUID | None = None) -> HttpResponse:
    """401: no signature or a wrong one. 400: nothing that can be read. Otherwise 200, however often it comes."""
    if provider not in View.__members__:
        return HttpResponse(status=NOT_FOUND)
    keys = keys_of(provider, account)
    try:
        reader: Any = import_string(View[provider].value)(**keys) if keys else None
        if reader is None:
            return HttpResponse(status=UNAUTHORIZED)
        reader.run_validators(request)
    except (AnymailWebhookValidationFailure, AnymailConfigurationError):
        return HttpResponse(status=UNAUTHORIZED)
    try:
        events = list(reader.parse_events(request))
    except (ValueError, KeyError, TypeError, AttributeError, LookupError):
        return HttpResponse(status=BAD_REQUEST)
    for event in events[: settings.MOST_REPORTS]:
        reports.heard(event)
    return HttpResponse()
