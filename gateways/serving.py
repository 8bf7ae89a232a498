"""Mails on their way out: to be kept or opened in a mail program, never shown as a page of ours."""

from django.http import HttpResponse

from gateways.models import Arrival


def as_it_came(arrival: Arrival, *, name: str) -> HttpResponse:
    """Byte for byte, as a download."""
    headers = {"Content-Disposition": f'attachment; filename="{name}.eml"', "X-Content-Type-Options": "nosniff"}
    return HttpResponse(bytes(arrival.raw), content_type="message/rfc822", headers=headers)
