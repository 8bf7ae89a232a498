"""The way in: an Arrival is stored as it came, then understood by a task, as often as it takes."""

from datetime import datetime, timedelta
from typing import Any

import structlog
from django.conf import settings
from django.core.cache import cache
from django.db import transaction
from django.utils import timezone

from accounts.mailing import PermanentFailure, TemporaryFailure, hand_over
from accounts.tenancy import enter
from accounts.updating import update_each
from conversations.models import Event
from gateways import outbox
from gateways.email import automatic_answer, understanding
from gateways.email.known import KnownKeys
from gateways.email.understanding import Outcome
from gateways.models import Arrival
from gateways.refusals import ArrivalRefused, Bounce, Held, Line, NotUnderstood
from gateways.waiting import first_waiting, in_rounds

log = structlog.get_logger(__name__)
GRACE = timedelta(seconds=5)  # the nudge after the commit is quicker; the sweeper comes for what it lost
MOST_TRIES = 5
MOST_AT_ONCE = 100
TOGETHER = 10
CALL_LASTS = 2  # seconds; a call that was lost silences no later one for longer
OUTCOME = [
    "state", "refusal", "explanation", "message", "tries", "understood_at", "answer_due_at", "answered_at",
]  # fmt: skip
ANSWER_PAUSE = timedelta(minutes=10)
ANSWER_WITHIN = timedelta(days=1)


def to_understand(now: datetime) -> Any:
    return Arrival.objects.filter(state=Arrival.State.STORED, arrived_at__lt=now - GRACE).order_by("arrived_at")


def to_answer(now: datetime) -> Any:
    return Arrival.objects.filter(answered_at=None, answer_due_at__lte=now).order_by("answer_due_at")


def nudge(arrival: Arrival) -> None:
    organization_id = arrival.organization_id
    assert organization_id  # what is stored belongs to one
    transaction.on_commit(lambda: call(organization_id), robust=True)


def call(organization_id: int) -> None:
    """Calls a worker. One call is enough for all that waits: a task that is called and hasn't begun finds this too."""
    from gateways.tasks import understand_arrivals

    if cache.add(_called(organization_id), True, CALL_LASTS):
        understand_arrivals.delay(organization_id=organization_id)


def _called(organization_id: int) -> str:
    return f"arrivals-called-{organization_id}"


def understand_waiting(organization_id: int) -> bool:
    """Works off what waits, the oldest first; whether something is left. What broke before is the sweeper's."""
    cache.delete(_called(organization_id))  # first, so that whatever is stored from now on calls again
    return all(_understand_some(organization_id, tries=0) for _ in range(MOST_AT_ONCE // TOGETHER))


def understand(organization_id: int, arrival_id: str) -> None:
    """Makes a message of a stored arrival, or names why not. Done once, however often it is asked for."""
    _understand_some(organization_id, pk=arrival_id)


def _understand_some(organization_id: int, **which: Any) -> bool:
    """The first few of these in one transaction, in which none undoes another's; whether there may be more."""
    most = 1 if settings.CLAMD_URL else TOGETHER  # looking for viruses takes a while, and conversations are locked
    with enter(organization_id):
        first = first_waiting(most, **which)
        for several in in_rounds(first.arrivals):
            _keep(several, _outcomes(several, KnownKeys.of(several)))
        return not first.are_all


def _outcomes(arrivals: list[Arrival], known: KnownKeys) -> list[Outcome | Exception]:
    """Of all together; where something is in the way of one, each is taken alone, and none undoes another's."""
    try:
        with transaction.atomic():
            return [*understanding.understood(arrivals, known)]
    except Exception as error:  # noqa: BLE001 - what is no refusal is logged where it is kept
        if len(arrivals) == 1:
            return [error]
    return [outcome for arrival in arrivals for outcome in _outcomes([arrival], known)]


def _keep(arrivals: list[Arrival], outcomes: list[Outcome | Exception]) -> None:
    for arrival, outcome in zip(arrivals, outcomes, strict=True):
        arrival.tries += 1
        arrival.understood_at = timezone.now()
        if isinstance(outcome, ArrivalRefused):
            _refuse(arrival, outcome)
        elif isinstance(outcome, Exception):
            _try_again_later(arrival, outcome)
        else:
            arrival.message, arrival.state = outcome, Arrival.State.UNDERSTOOD
            arrival.refusal = arrival.explanation = ""
    update_each(arrivals, OUTCOME)  # not the mail itself, which may have megabytes


def _try_again_later(arrival: Arrival, error: Exception) -> None:
    log.error("arrival_not_understood", arrival=str(arrival.pk), exc_info=error)
    arrival.explanation = repr(error)[:2000]
    if arrival.tries >= MOST_TRIES:
        _refuse(arrival, NotUnderstood(arrival.explanation))


def release(arrival: Arrival) -> bool:
    """Lets one out of the quarantine, to be understood; False when somebody else was faster."""
    held = Arrival.objects.filter(pk=arrival.pk, state=Arrival.State.HELD)
    won = held.update(state=Arrival.State.STORED, tries=0, released_at=timezone.now())
    if won:
        nudge(arrival)
    return bool(won)


def discard(arrival: Arrival) -> bool:
    """Leaves one in the quarantine for good; it stays to be looked at."""
    held = Arrival.objects.filter(pk=arrival.pk, state=Arrival.State.HELD)
    return bool(held.update(state=Arrival.State.DISCARDED))


def answer(organization_id: int, arrival_id: str) -> None:
    """Sends the automatic answer to a refused arrival's sender. Not to be called inside a transaction."""
    now = timezone.now()
    with enter(organization_id):
        # Claimed by moving the time on: another worker, or the sweeper, comes when this one died.
        if not to_answer(now).filter(pk=arrival_id).order_by().update(answer_due_at=now + ANSWER_PAUSE):
            return
        arrival = Arrival.objects.get(pk=arrival_id)
        mail = automatic_answer.compose(arrival)
    try:
        if mail:
            hand_over(mail)
    except TemporaryFailure:
        if now < arrival.arrived_at + ANSWER_WITHIN:
            return
    except PermanentFailure as failure:
        log.warning("answer_refused", arrival=arrival_id, reason=str(failure))
    with enter(organization_id):
        Arrival.objects.filter(pk=arrival_id).update(answered_at=timezone.now())


def _refuse(arrival: Arrival, refusal: ArrivalRefused) -> None:
    from gateways.tasks import answer_arrival

    arrival.state = Arrival.State.HELD if isinstance(refusal, Held) else Arrival.State.REFUSED
    arrival.refusal, arrival.explanation = refusal.name, str(refusal)
    if isinstance(refusal, Bounce) and refusal.attempt:
        outbox.fail(refusal.attempt, str(refusal))
    if refusal.line:
        _write_line(refusal.line, arrival)
    if refusal.answer and automatic_answer.may_answer(arrival):
        arrival.answer_due_at, arrival.answered_at = timezone.now(), None
        facts = {"organization_id": arrival.organization_id, "arrival_id": str(arrival.pk)}
        transaction.on_commit(lambda: answer_arrival.delay(**facts), robust=True)


def _write_line(line: Line, arrival: Arrival) -> None:
    with line.conversation.changing() as conversation:
        data = line.data | {"arrival": str(arrival.pk)}
        Event.record(conversation, line.kind, at=timezone.now(), data=data)
