"""The working out of one organization's scores: at night, once for each of its own dates, and after a change of rules.

It goes through the people a stretch at a time, each stretch a transaction that also moves `reached` on: killed at any
point, the next to come goes on from there. Who works on it holds a claim, made longer with each stretch; a worker who
has lost it can't write any more.
"""

import time
from datetime import datetime, timedelta
from functools import partial
from typing import Any
from uuid import UUID, uuid4

import structlog
from django.db import connection
from django.db.models import F
from django.utils import timezone

from accounts.models import Organization
from accounts.tenancy import enter
from people.models import Person
from scoring import live
from scoring.days import scoring_day
from scoring.due import gather, last_activity
from scoring.models import NightRun
from scoring.stretches import AT_ONCE, LARGE, Stretches, side_by_side
from scoring.working_out import (
    FIRST,
    WorkedOut,
    due_within,
    end_of_due_stretch,
    end_of_stretch,
    people_within,
    work_out,
    work_out_due,
)

CLAIM = timedelta(minutes=2)
FIGURES = ["finished_at", "people_seen", "records_gone", "records_added", "people_changed", "milliseconds", "error"]
log = structlog.get_logger(__name__)


class AlreadyRunning(Exception):
    """Another run of this organization's scores is at work."""


class ClaimLost(Exception):
    """This worker was so slow that another one has taken over."""


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
    night = _claim(organization_id, pk)
    try:
        if night.reached is None:
            _begin(night, everybody=everybody)
        done = _go_through(night)
        _finish(night, done)
    except ClaimLost:
        raise
    except Exception as error:
        _remember(night, error)
        raise
    log.info("scores_worked_out", night_of=str(night.night_of), people_changed=done.people_changed)
    return night, done


def _claim(organization_id: int, pk: int) -> NightRun:
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


def _begin(night: NightRun, *, everybody: bool) -> None:
    """Finds who is due since the last time that all was right; without one, or after a change, that is everybody."""
    began = time.perf_counter()
    with enter(night.organization_id):
        before = _last_right(night)
        facts: dict[str, Any] = {"reached": FIRST, "last_activity": last_activity()}
        if everybody or before is None or night.because == NightRun.Because.CHANGE:
            facts |= {"is_of_due": False, "people_to_see": Person.objects.count()}
        else:
            zone, today = str(night.organization.zone), _latest(night)
            due = gather(since=before.night_of, today=today, zone=zone, last_activity=before.last_activity)
            facts |= {"is_of_due": True, "people_to_see": due}
        _update(night, milliseconds=round(1000 * (time.perf_counter() - began)), **facts)
    for name, value in facts.items():
        setattr(night, name, value)


def _last_right(night: NightRun) -> NightRun | None:
    others = NightRun.objects.exclude(pk=night.pk).filter(finished_at__isnull=False)
    return others.order_by("-night_of", "-pk").first()


def _is_first(night: NightRun) -> bool:
    return night.finished_at is None and _last_right(night) is None


def _go_through(night: NightRun) -> WorkedOut:
    end_of = end_of_due_stretch if night.is_of_due else end_of_stretch
    stretches = Stretches(night.reached or FIRST, end_of)
    return side_by_side(partial(_lane, night, stretches), lanes=AT_ONCE if night.people_to_see > LARGE else 1)


def _lane(night: NightRun, stretches: Stretches) -> WorkedOut:
    done = WorkedOut()
    while stretch := _next(night, stretches):
        with stretches.finishing(stretch[1]):
            done += _stretch(night, stretches, *stretch)
    return done


def _next(night: NightRun, stretches: Stretches) -> tuple[UUID, UUID] | None:
    with enter(night.organization_id):
        return stretches.take()


def _stretch(night: NightRun, stretches: Stretches, after: UUID, upto: UUID) -> WorkedOut:
    """One stretch of people: what was done and how far it is, in one transaction."""
    began = time.perf_counter()
    with enter(night.organization_id):
        seen = due_within(after, upto) if night.is_of_due else people_within(after, upto)
        facts: dict[str, Any] = {"today": _latest(night), "zone": str(night.organization.zone), "now": timezone.now()}
        facts |= {"after": after, "upto": upto}
        done = work_out_due(**facts) if night.is_of_due else work_out(**facts, is_first=_is_first(night))
        milliseconds = round(1000 * (time.perf_counter() - began))
        stretches.wait_for_turn(after)
        _move_on(night, upto, done, seen, milliseconds=milliseconds)
    return done


def _move_on(night: NightRun, upto: UUID, done: WorkedOut, seen: int, *, milliseconds: int) -> None:
    _update(
        night,
        reached=upto,
        claimed_until=timezone.now() + CLAIM,
        people_seen=F("people_seen") + seen,
        records_gone=F("records_gone") + done.records_gone,
        records_added=F("records_added") + done.records_added,
        people_changed=F("people_changed") + done.people_changed,
        milliseconds=F("milliseconds") + milliseconds,
    )


def _finish(night: NightRun, done: WorkedOut) -> None:
    """Some of those who changed are shown on open screens; when there are thousands, the others see it later."""
    with enter(night.organization_id):
        live.show_people(done.named)
        _update(night, claim=None, claimed_until=None, finished_at=timezone.now(), error="")
        night.refresh_from_db(fields=FIGURES)


def _remember(night: NightRun, error: Exception) -> None:
    log.error("scores_not_worked_out", night_of=str(night.night_of), exc_info=error)
    with enter(night.organization_id):
        said = f"{type(error).__name__}: {error}"[:2000]
        NightRun.objects.filter(pk=night.pk, claim=night.claim).update(error=said, claim=None, claimed_until=None)


def _update(night: NightRun, **facts: Any) -> None:
    """Raises ClaimLost when the run isn't this worker's any more: the stretch is undone with its transaction."""
    if not NightRun.objects.filter(pk=night.pk, claim=night.claim).update(**facts):
        raise ClaimLost


def _latest(night: NightRun) -> Any:
    """The latest day that was worked out, when a clock was set back or this one waited long; else its own."""
    latest = NightRun.objects.order_by("-night_of").values_list("night_of", flat=True)[0]
    return max(night.night_of, latest)
