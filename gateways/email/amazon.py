"""Amazon SES: what its clients are made with, and what its notifications (by SNS) bring or point to.

Imported where it is needed only: boto3 takes half a second and 30 MB. The password in the address proves who asks; SNS
sends it once it was refused without.
"""

import base64
import json
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from anymail.exceptions import AnymailAPIError
from anymail.webhooks.amazon_ses import AmazonSESInboundWebhookView, AmazonSESTrackingWebhookView
from botocore.exceptions import BotoCoreError, ClientError
from botocore.parsers import ResponseParserError
from django.http import HttpRequest

from gateways.email.providers import Delivered, NotFetched

# What SES sends to a topic as soon as it is chosen for events.
GREETING = "Successfully validated SNS topic"


@contextmanager
def reached() -> Iterator[None]:
    """Raises NotFetched for whatever hinders boto3."""
    try:
        yield
    except (BotoCoreError, ClientError, ResponseParserError, AnymailAPIError) as failure:
        raise NotFetched from failure


class Reports(AmazonSESTrackingWebhookView):
    """What became of the mails that SES has sent. Raises NotFetched if a subscription can't be confirmed now."""

    def auto_confirm_sns_subscription(self, sns_message: dict[str, Any]) -> None:
        with reached():
            super().auto_confirm_sns_subscription(sns_message)


def mails_of(request: HttpRequest) -> Iterator[Delivered]:
    """Those that a receipt rule published (action SNS) or put into a bucket (action S3). Confirms a subscription, too.

    Raises NotFetched, KeyError, TypeError, ValueError.
    """
    view, told = AmazonSESInboundWebhookView(), json.loads(request.body)
    if told["Type"] != "Notification":
        with reached():
            view.parse_events(request)
    elif not told["Message"].startswith(GREETING):
        yield from _received(view, json.loads(told["Message"]))


def _received(view: AmazonSESInboundWebhookView, event: dict[str, Any]) -> Iterator[Delivered]:
    receipt = event["receipt"]
    raw = _content(view, receipt["action"], event)
    for recipient in receipt["recipients"]:
        yield Delivered(raw, recipient, event["mail"].get("source") or "")


def _content(view: AmazonSESInboundWebhookView, action: dict[str, Any], event: dict[str, Any]) -> bytes:
    if action["type"] == "S3":
        with reached():
            return b"".join(view.fetch_s3_chunks(action["bucketName"], action["objectKey"]))
    content = event["content"]
    return base64.b64decode(content) if action.get("encoding") == "BASE64" else content.encode("utf-8", "replace")
