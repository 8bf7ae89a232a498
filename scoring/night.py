"""The working out of one organization's scores: at night, once for each of its own dates, and after a change of rules.

It goes through the people a stretch at a time, each stretch a transaction that also moves `reached` on: killed at any
point, the next to come goes on from there. Who works on it holds a claim, made longer with each stretch; a worker who
has lost it can't write any more.
"""

import time
from datetime import datetime
from typing import Any

import structlog
from django.utils import timezone

from accounts.models import Organization
from accounts.tenancy import enter
from people.models import Person
from scoring import live
from scoring.days import scoring_day
from scoring.due import gather, last_activity
from scoring.going_through import go_through
from scoring.models import NightRun
from scoring.runs import AlreadyRunning, ClaimLost, claim_run, last_right, latest_day, update
from scoring.working_out import FIRST, WorkedOut

FIGURES = ["finished_at", "people_seen", "records_gone", "records_added", "people_changed", "milliseconds", "error"]
log = structlog.get_logger(__name__)


def run_if_due(organization_id: int, now: datetime) -> NightRun | None:
    """Begins the night that has come, and goes on with what was cut off or asked for; returns the last one finished."""
    with enter(organization_id):
        night_of = scoring_day(now, Organization.objects.get(pk=organization_id).zone)
        # A clock set back, or a zone changed by an admin, must not bring an earlier day's records back.
        nights = NightRun.objects.filter(because=NightRun.Because.NIGHT)
        if not nights.filter(night_of__gt=night_of).exists():
            nights.get_or_create(night_of=night_of, defaults={"started_at": now})
    return run_unfinished(organization_id)


def run_unfinished(organization_id: int) -> NightRun | None:
    """Works out, one after the other, whatever isn't finished; None when there was nothing or another is at it."""
    done = None
    while pk := _oldest_unfinished(organization_id):
        try:
            done = _run(organization_id, pk)[0]
        except AlreadyRunning:
            return None
    return done


def ask(organization_id: int, now: datetime) -> NightRun:
    """Asks for everything to be worked out after a change; one that nobody has begun yet is enough."""
    waiting = NightRun.objects.filter(because=NightRun.Because.CHANGE, finished_at=None, claim=None, reached=None)
    if asked := waiting.first():
        return asked
    zone = Organization.objects.get(pk=organization_id).zone
    return NightRun.objects.create(because=NightRun.Because.CHANGE, night_of=scoring_day(now, zone), started_at=now)


def run(organization_id: int, now: datetime) -> tuple[NightRun, WorkedOut]:
    """Works it out now for everybody, also when it is done already: that changes nothing but what has changed since.

    Raises AlreadyRunning, and whatever goes wrong, after writing it into the run.
    """
    with enter(organization_id):
        night_of = scoring_day(now, Organization.objects.get(pk=organization_id).zone)
        night, _ = NightRun.objects.get_or_create(
            night_of=night_of, because=NightRun.Because.NIGHT, defaults={"started_at": now}
        )
        NightRun.objects.filter(pk=night.pk).update(reached=None, people_seen=0, is_of_due=False)
    return _run(organization_id, night.pk, everybody=True)


def _oldest_unfinished(organization_id: int) -> int | None:
    with enter(organization_id):
        unfinished = NightRun.objects.filter(finished_at=None).order_by("pk")
        return unfinished.values_list("pk", flat=True).first()


def _run(organization_id: int, pk: int, *, everybody: bool = False) -> tuple[NightRun, WorkedOut]:
    night = claim_run(organization_id, pk)
    try:
        if night.reached is None:
            _begin(night, everybody=everybody)
        done = go_through(night)
        _finish(night, done)
    except ClaimLost:
        raise
    except Exception as error:
        _remember(night, error)
        raise
    log.info("scores_worked_out", night_of=str(night.night_of), people_changed=done.people_changed)
    return night, done


def _begin(night: NightRun, *, everybody: bool) -> None:
    """Finds who is due since the last time that all was right; without one, or after a change, that is everybody."""
    began = time.perf_counter()
    with enter(night.organization_id):
        before = last_right(night)
        facts: dict[str, Any] = {"reached": FIRST, "last_activity": last_activity()}
        if everybody or before is None or night.because == NightRun.Because.CHANGE:
            facts |= {"is_of_due": False, "people_to_see": Person.objects.count()}
        else:
            zone, today = str(night.organization.zone), latest_day(night)
            due = gather(since=before.night_of, today=today, zone=zone, last_activity=before.last_activity)
            facts |= {"is_of_due": True, "people_to_see": due}
        update(night, milliseconds=round(1000 * (time.perf_counter() - began)), **facts)
    for name, value in facts.items():
        setattr(night, name, value)


def _finish(night: NightRun, done: WorkedOut) -> None:
    """Some of those who changed are shown on open screens; when there are thousands, the others see it later."""
    with enter(night.organization_id):
        live.show_people(done.named)
        update(night, claim=None, claimed_until=None, finished_at=timezone.now(), error="")
        night.refresh_from_db(fields=FIGURES)


def _remember(night: NightRun, error: Exception) -> None:
    log.error("scores_not_worked_out", night_of=str(night.night_of), exc_info=error)
    with enter(night.organization_id):
        said = f"{type(error).__name__}: {error}"[:2000]
        NightRun.objects.filter(pk=night.pk, claim=night.claim).update(error=said, claim=None, claimed_until=None)
