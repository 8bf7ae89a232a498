"""The way in: an Arrival is stored as it came, then understood by a task, as often as it takes."""

from datetime import timedelta
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
from gateways.email.known import KnownKeys, languages_at
from gateways.email.letter import Letter, opened, unopened
from gateways.email.understanding import Outcome
from gateways.models.arrival import LONGEST_BEGINNING, Arrival
from gateways.refusals import ArrivalRefused, Bounce, Held, Line
from gateways.waiting import claim_first, in_rounds, is_given_up, still_stored

log = structlog.get_logger(__name__)
GRACE = timedelta(seconds=5)  # the nudge after the commit is quicker; the sweeper comes for what it lost
MOST_AT_ONCE = 100
TOGETHER = 10
CALL_LASTS = 2  # seconds; a call that was lost silences no later one for longer
OUTCOME = [
    "state", "refusal", "explanation", "beginning", "message", "understood_at", "answer_due_at", "answered_at",
]  # fmt: skip
ANSWER_PAUSE = timedelta(minutes=10)
ANSWER_WITHIN = timedelta(days=1)


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
    """Works off what waits, the oldest first; whether something is left. What was tried before is the sweeper's."""
    cache.delete(_called(organization_id))  # first, so that whatever is stored from now on calls again
    return all(_understand_some(organization_id, tries=0) for _ in range(MOST_AT_ONCE // TOGETHER))


def understand(organization_id: int, arrival_id: str) -> None:
    """Makes a message of one that is due, or names why not. Done once, however often it is asked for."""
    _understand_some(organization_id, pk=arrival_id, due_at__lte=timezone.now())


def _understand_some(organization_id: int, **which: Any) -> bool:
    """The first few of these; whether there may be more. They are counted as tried, read, and then become messages in
    one transaction, in which none undoes another's: no conversation waits while a mail is read."""
    most = 1 if settings.CLAMD_URL else TOGETHER  # looking for viruses takes a while, and conversations are locked
    with enter(organization_id):
        first = claim_first(most, **which)
        languages = languages_at(arrival.envelope_to for arrival in first.arrivals)
    letters = [_read(arrival, languages.get(arrival.envelope_to)) for arrival in first.arrivals]
    if letters:
        with enter(organization_id):
            for several in in_rounds(still_stored(letters)):
                known = KnownKeys.of(letter.arrival.envelope_to for letter in several)
                _keep(several, _outcomes(several, known))
    return not first.are_all


def _read(arrival: Arrival, language: str | None) -> Letter:
    try:
        return unopened(arrival) if is_given_up(arrival) else opened(arrival, language)
    except Exception:
        log.exception("mail_not_read", arrival=str(arrival.pk))
        return unopened(arrival)


def _outcomes(letters: list[Letter], known: KnownKeys) -> list[Outcome | Exception]:
    """Of all together; where something is in the way of one, each is taken alone, and none undoes another's."""
    try:
        with transaction.atomic():
            return [*understanding.understood(letters, known)]
    except Exception as error:  # noqa: BLE001 - what is no refusal is logged where it is kept
        if len(letters) == 1:
            return [error]
    return [outcome for letter in letters for outcome in _outcomes([letter], known)]


def _keep(letters: list[Letter], outcomes: list[Outcome | Exception]) -> None:
    arrivals = [letter.arrival for letter in letters]
    for letter, arrival, outcome in zip(letters, arrivals, outcomes, strict=True):
        arrival.understood_at = timezone.now()
        if isinstance(outcome, ArrivalRefused):
            _refuse(letter, outcome)
            arrival.beginning = letter.beginning(LONGEST_BEGINNING) if isinstance(outcome, Held) else ""
        elif isinstance(outcome, Exception):  # it is tried again when it is due
            log.error("arrival_not_understood", arrival=str(arrival.pk), exc_info=outcome)
            arrival.explanation = repr(outcome)[:2000]
        else:
            arrival.message, arrival.state = outcome, Arrival.State.UNDERSTOOD
            arrival.refusal = arrival.explanation = ""
    update_each(arrivals, OUTCOME)  # not the mail itself, which may have megabytes


def release(arrival: Arrival) -> bool:
    """Lets one out of the quarantine, to be understood; False when somebody else was faster."""
    held = Arrival.objects.filter(pk=arrival.pk, state=Arrival.State.HELD)
    won = held.update(state=Arrival.State.STORED, tries=0, explanation="", released_at=timezone.now())
    if won:
        nudge(arrival)
    return bool(won)


def try_again(arrival: Arrival) -> bool:
    """Puts a refused one back, to be understood once more; False when it isn't refused any more."""
    refused = Arrival.objects.filter(pk=arrival.pk, state=Arrival.State.REFUSED)
    won = refused.update(state=Arrival.State.STORED, refusal="", explanation="", tries=0)
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
        if not Arrival.objects.to_answer(now).filter(pk=arrival_id).order_by().update(answer_due_at=now + ANSWER_PAUSE):
            return
        arrival = Arrival.objects.get(pk=arrival_id)
    try:
        with enter(organization_id):
            mail = automatic_answer.compose(arrival)
        if mail:
            hand_over(mail)
    except PermanentFailure as failure:
        log.warning("answer_refused", arrival=arrival_id, reason=str(failure))
    except Exception as failure:
        log.warning("answer_waits", arrival=arrival_id, exc_info=not isinstance(failure, TemporaryFailure))
        if now < arrival.arrived_at + ANSWER_WITHIN:
            return
    with enter(organization_id):
        Arrival.objects.filter(pk=arrival_id).update(answered_at=timezone.now())


def _refuse(letter: Letter, refusal: ArrivalRefused) -> None:
    from gateways.tasks import answer_arrival

    arrival = letter.arrival
    arrival.state = Arrival.State.HELD if isinstance(refusal, Held) else Arrival.State.REFUSED
    arrival.refusal, arrival.explanation = refusal.name, str(refusal)
    if isinstance(refusal, Bounce) and refusal.attempt:
        outbox.fail(refusal.attempt, str(refusal))
    if refusal.line:
        _write_line(refusal.line, arrival)
    if refusal.answer and not letter.verdict.must_not_answer:
        arrival.answer_due_at, arrival.answered_at = timezone.now(), None
        facts = {"organization_id": arrival.organization_id, "arrival_id": str(arrival.pk)}
        transaction.on_commit(lambda: answer_arrival.delay(**facts), robust=True)


def _write_line(line: Line, arrival: Arrival) -> None:
    with line.conversation.changing() as conversation:
        data = line.data | {"arrival": str(arrival.pk)}
        Event.record(conversation, line.kind, at=timezone.now(), data=data)
