"""Resend: the signature under what it sends us (Svix's, whose library isn't needed for it), and the mails that it keeps
to be fetched."""

import hmac
import time
from base64 import b64decode, b64encode
from typing import Any
from urllib.parse import quote, urljoin

import requests
from anymail.exceptions import AnymailWebhookValidationFailure
from anymail.webhooks.resend import ResendInboundWebhookView, ResendTrackingWebhookView
from django.conf import settings
from django.http import HttpRequest

TIMEOUT_SECONDS = 20
LATEST_SECONDS = 5 * 60


def is_signed(request: HttpRequest, secret: str) -> bool:
    """By its webhook's secret (`whsec_…`), and lately, so that nobody sends it again."""
    ident, at, signatures = (request.headers.get(f"svix-{name}", "") for name in ("id", "timestamp", "signature"))
    try:
        key, age = b64decode(secret.removeprefix("whsec_")), time.time() - int(at)
    except ValueError:
        return False
    digest = hmac.digest(key, f"{ident}.{at}.".encode() + request.body, "sha256")
    expected = f"v1,{b64encode(digest).decode()}".encode()
    good = (hmac.compare_digest(expected, one.encode()) for one in signatures.split(" "))
    return abs(age) < LATEST_SECONDS and any(good)


class Signed:
    """Checks the signature where a secret is known, beside the password in the address."""

    key: str

    def validate_request(self, request: HttpRequest) -> None:
        if self.key and not is_signed(request, self.key):
            raise AnymailWebhookValidationFailure("No good signature")


class Reports(Signed, ResendTrackingWebhookView):
    """What became of the mails that Resend has sent."""

    def __init__(self, signing_secret: str = "", **keys: Any) -> None:
        self.key = signing_secret or settings.ANYMAIL.get("RESEND_SIGNING_SECRET", "")
        super().__init__(signing_secret=None, **keys)


class Inbound(Signed, ResendInboundWebhookView):
    """Mails that came to Resend."""

    def __init__(self) -> None:
        self.key = settings.ANYMAIL.get("RESEND_INBOUND_SECRET", "")
        super().__init__(inbound_secret=None)

    def raw_of(self, ident: str) -> bytes:
        """As it came; what it doesn't keep so is put together by the library. Raises requests' errors."""
        login = {"Authorization": f"Bearer {self.api_key}"}
        told = _answer(urljoin(self.api_url, f"emails/receiving/{quote(ident, safe='')}"), login).json()
        if where := (told.get("raw") or {}).get("download_url"):
            return _answer(where, {}).content
        whole: bytes = self._fetch_inbound_email(ident).as_bytes()
        return whole


def _answer(url: str, headers: dict[str, str]) -> requests.Response:
    answer = requests.get(url, headers=headers, timeout=TIMEOUT_SECONDS)
    answer.raise_for_status()
    return answer
