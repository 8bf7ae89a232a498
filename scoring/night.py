"""The nightly run of one organization: once for each of its own dates, repeatable, resumed when it was cut off."""

from datetime import date, datetime

import structlog
from django.db.models import F
from django.utils import timezone

from accounts.models import Organization
from accounts.tenancy import enter
from scoring import live
from scoring.models import NightRun
from scoring.rules import scoring_day
from scoring.working_out import WorkedOut, work_out

log = structlog.get_logger(__name__)


class AlreadyRunning(Exception):
    """Another run of this organization's night is at work."""


def run_if_due(organization_id: int, now: datetime) -> NightRun | None:
    """Runs the night that has come, unless it is done or at work; returns the run when this call did it."""
    with enter(organization_id):
        night_of = scoring_day(now, Organization.objects.get(pk=organization_id).zone)
        # A clock set back, or a zone changed by an admin, must not bring an earlier day's records back.
        if NightRun.objects.filter(night_of__gte=night_of, finished_at__isnull=False).exists():
            return None
    try:
        return run(organization_id, now)[0]
    except AlreadyRunning:
        return None


def run(organization_id: int, now: datetime) -> tuple[NightRun, WorkedOut]:
    """Works the night out, also when it is done already: that changes nothing but what has changed since.

    All of it is one transaction: cut off half way, nothing has happened and the next run does it all. Raises
    AlreadyRunning, and whatever goes wrong, after writing it into the run.
    """
    with enter(organization_id):
        zone = Organization.objects.get(pk=organization_id).zone
        night_of = scoring_day(now, zone)
        night, _ = NightRun.objects.get_or_create(night_of=night_of, defaults={"started_at": now})
    try:
        with enter(organization_id):
            return _work_out_under_lock(night, str(zone))
    except AlreadyRunning:
        raise
    except Exception as error:
        _remember(night, error)
        raise


def _work_out_under_lock(night: NightRun, zone: str) -> tuple[NightRun, WorkedOut]:
    held = NightRun.objects.select_for_update(skip_locked=True).filter(pk=night.pk).first()
    if held is None:
        raise AlreadyRunning
    did = work_out(today=_latest(night.night_of), zone=zone)
    NightRun.objects.filter(pk=night.pk).update(
        finished_at=held.finished_at or timezone.now(),
        records_gone=F("records_gone") + did.records_gone,
        records_added=F("records_added") + did.records_added,
        people_changed=F("people_changed") + len(did.people_changed),
        error="",
    )
    held.refresh_from_db()
    live.show_people(did.people_changed)
    log.info("night_worked_out", night_of=str(night.night_of), people_changed=len(did.people_changed))
    return held, did


def _latest(night_of: date) -> date:
    """The latest day that was worked out, when a clock was set back; else the night's own."""
    latest = NightRun.objects.filter(finished_at__isnull=False).order_by("-night_of").first()
    return max(night_of, latest.night_of) if latest else night_of


def _remember(night: NightRun, error: Exception) -> None:
    log.error("night_failed", night_of=str(night.night_of), exc_info=error)
    with enter(night.organization_id):
        NightRun.objects.filter(pk=night.pk).update(error=f"{type(error).__name__}: {error}"[:2000])
