"""Whether a mail was opened: a picture of one dot that its reader's program fetches, and who else fetches it."""

from collections.abc import Mapping
from datetime import timedelta
from typing import NamedTuple
from uuid import UUID

from django.conf import settings
from django.core.signing import BadSignature, Signer
from django.urls import reverse

from gateways.models import Attempt
from people.robots import is_robot

TOO_SOON = timedelta(seconds=3)  # a scanner looks at once; people take longer
# Apple fetches every picture of every mail beforehand, by a program that calls itself just this.
APPLES_PROXY = "Mozilla/5.0"


class Dot(NamedTuple):
    """Which attempt's picture it is."""

    organization_id: int
    attempt_id: UUID


def dot_url(attempt: Attempt) -> str:
    token = _signer().sign(f"{attempt.organization_id}-{attempt.pk.hex}")
    return settings.SITE_URL + reverse("gateways:opened", args=[token])


def dot_of(token: str) -> Dot | None:
    try:
        organization_id, _, attempt_id = _signer().unsign(token).partition("-")
        return Dot(int(organization_id), UUID(hex=attempt_id))
    except (BadSignature, ValueError):
        return None


def is_by_machine(headers: Mapping[str, str], since_sent: timedelta | None) -> bool:
    """Whether a scanner or a prefetching program asks for the picture, rather than somebody who reads."""
    if is_robot(headers) or headers.get("User-Agent", "").strip() == APPLES_PROXY:
        return True
    return since_sent is not None and since_sent < TOO_SOON


def _signer() -> Signer:
    return Signer(salt="mail-opened", sep="~")
