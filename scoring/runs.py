"""A run: who works on it holds a claim, made longer with each stretch; who has lost it can't write any more."""

from datetime import date, timedelta
from typing import Any
from uuid import uuid4

from django.db import connection
from django.utils import timezone

from accounts.tenancy import enter
from scoring.models import NightRun

CLAIM = timedelta(minutes=2)


class AlreadyRunning(Exception):
    """Another run of this organization's scores is at work."""


class ClaimLost(Exception):
    """This worker was so slow that another one has taken over."""


def claim_run(organization_id: int, pk: int) -> NightRun:
    """Takes the run for this worker, unless a run of the organization is at work."""
    now, claim = timezone.now(), uuid4()
    with enter(organization_id):
        with connection.cursor() as cursor:  # two who claim two runs at one moment must see each other
            cursor.execute("SELECT pg_advisory_xact_lock(hashtext('scoring.night'), %s)", [organization_id % 2**31])
        if NightRun.objects.filter(claimed_until__gt=now).exists():
            raise AlreadyRunning
        facts = {"claim": claim, "claimed_until": now + CLAIM, "error": ""}
        NightRun.objects.filter(pk=pk).update(**facts)
        return NightRun.objects.select_related("organization").get(pk=pk)


def update(night: NightRun, **facts: Any) -> None:
    """Raises ClaimLost when the run isn't this worker's any more: the stretch is undone with its transaction."""
    if not NightRun.objects.filter(pk=night.pk, claim=night.claim).update(**facts):
        raise ClaimLost


def last_right(night: NightRun) -> NightRun | None:
    """The last of the others that was finished."""
    others = NightRun.objects.exclude(pk=night.pk).filter(finished_at__isnull=False)
    return others.order_by("-night_of", "-pk").first()


def latest_day(night: NightRun) -> date:
    """The latest day that was worked out, when a clock was set back or this one waited long; else its own."""
    latest = NightRun.objects.order_by("-night_of").values_list("night_of", flat=True)[0]
    return max(night.night_of, latest)
