"""A run goes through its people a stretch at a time, two at once where they are many (stretches.py)."""

import time
from functools import partial
from typing import Any
from uuid import UUID

from django.db.models import F
from django.utils import timezone

from accounts.tenancy import enter
from scoring.models import NightRun
from scoring.runs import CLAIM, last_right, latest_day, update
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


def go_through(night: NightRun) -> WorkedOut:
    """From where it was left to the end; what was done. Raises ClaimLost, and whatever goes wrong in a stretch."""
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
        facts: dict[str, Any] = {
            "today": latest_day(night),
            "zone": str(night.organization.zone),
            "now": timezone.now(),
        }
        facts |= {"after": after, "upto": upto}
        done = work_out_due(**facts) if night.is_of_due else work_out(**facts, is_first=_is_first(night))
        milliseconds = round(1000 * (time.perf_counter() - began))
        stretches.wait_for_turn(after)
        _move_on(night, upto, done, seen, milliseconds=milliseconds)
    return done


def _move_on(night: NightRun, upto: UUID, done: WorkedOut, seen: int, *, milliseconds: int) -> None:
    update(
        night,
        reached=upto,
        claimed_until=timezone.now() + CLAIM,
        people_seen=F("people_seen") + seen,
        records_gone=F("records_gone") + done.records_gone,
        records_added=F("records_added") + done.records_added,
        people_changed=F("people_changed") + done.people_changed,
        milliseconds=F("milliseconds") + milliseconds,
    )


def _is_first(night: NightRun) -> bool:
    return night.finished_at is None and last_right(night) is None
