"""The door for providers that bring mail by webhook."""

from django.core.exceptions import BadRequest, SuspiciousOperation
from django.db import DatabaseError, InterfaceError
from django.http import Http404, HttpRequest, HttpResponse
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from gateways.email.ingest import ingest
from gateways.email.providers import PROVIDERS, Delivered, NotFetched, NotGenuine, NotReadable, check, delivered
from gateways.refusals import UnknownAddress

ASK = {"WWW-Authenticate": 'Basic realm="webhooks"'}  # Amazon sends its password only when it is asked for it
REFUSED_FOR_GOOD = 406  # Mailgun's word for it; the others take any answer that isn't a success as one to try again


@csrf_exempt
@require_http_methods(["HEAD", "POST"])
def inbound_mail(request: HttpRequest, provider: str) -> HttpResponse:
    """401 without a good signature or secret: nothing is stored. 503 when it is to be tried again."""
    known = PROVIDERS.get(provider)
    if known is None:
        raise Http404
    if request.method == "HEAD":  # providers ask so whether anybody is there
        return HttpResponse()
    _as_bytes(request)
    try:
        check(request, known)
        mails = delivered(request, known)
    except NotGenuine:
        return HttpResponse("No good signature or secret.", status=401, content_type="text/plain", headers=ASK)
    except NotFetched:
        return _later()
    except (NotReadable, BadRequest, SuspiciousOperation):
        return HttpResponse("There is no whole mail in it.", status=400, content_type="text/plain")
    try:
        taken = [_taken(mail, provider) for mail in mails]
    except (DatabaseError, InterfaceError):
        return _later()
    return HttpResponse(status=REFUSED_FOR_GOOD if taken and not any(taken) else 200)


def _later() -> HttpResponse:
    return HttpResponse("Later, please.", status=503, content_type="text/plain")


def _as_bytes(request: HttpRequest) -> None:
    """Latin-1 has a character for each byte: the fields of a multipart form can be turned back into what came."""
    if request.content_type == "multipart/form-data":
        request.encoding = "latin-1"


def _taken(mail: Delivered, provider: str) -> bool:
    try:
        ingest(mail.raw, envelope_to=mail.envelope_to, envelope_from=mail.envelope_from, via=provider)
    except UnknownAddress:
        return False
    return True
