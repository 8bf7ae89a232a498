"""What follows from what: the one page that says so.

`TOGETHER` happens in the event's own transaction and fails with it. `AT_ONCE` happens right after the commit, in the
process that made it, and may fail quietly: the live screens. What is `SHOWN_LATER` a task shows, as soon as it comes to
it: who did it has it in the answer and doesn't wait for others' screens. `AFTERWARDS` happens in a task, in one
transaction, and where something fails there, one by one; an event that no task has finished with is found by the
sweeper (`tasks.sweep_reactions`) and gone through again, so each of these must be able to happen twice.
"""

from collections.abc import Callable, Sequence
from itertools import batched
from typing import Any

import structlog
from django.db import transaction

from accounts.tenancy import enter
from assignment.following import (
    fill_room,
    find_owner,
    keep_or_pass_on,
    record_addition,
    record_leg,
    settle_promise,
)
from assignment.routing_through import route
from conversations.live import show_live
from conversations.models import Event
from conversations.signals import done_with, event_recorded, is_unhurried
from conversations.stopping import heed_stop
from delivery.taking_up import give_to_recipient
from gateways import outbox
from gateways.reports import mail_was_opened
from notifications.telling import (
    tell_of_answer,
    tell_of_application,
    tell_of_assignment,
    tell_of_failure,
    tell_of_held,
    tell_of_mention,
    tell_of_message,
    tell_of_undelivered,
    tell_of_unsent,
)
from recruitchat.telling import shut_out, tell_recipients
from scoring.activities import forget_delivery, log_activity

Reaction = Callable[[Event], None]
Kind = Event.Kind
log = structlog.get_logger(__name__)

TOGETHER: dict[str, list[Reaction]] = {
    Kind.ASSIGNED: [record_addition],
    Kind.LEG_STARTED: [give_to_recipient, record_leg],
    Kind.MESSAGE_RECEIVED: [heed_stop],
    Kind.REPLIED: [outbox.queue, settle_promise],
}
AT_ONCE: list[Reaction] = [show_live]
MOST_IN_A_TASK = 5
SHOWN_LATER = {Kind.DELIVERED}
# The owner is found first: rotation, conversation, person is the order in which rows are locked everywhere.
AFTERWARDS: dict[str, list[Reaction]] = {
    Kind.APPLIED: [route, find_owner, log_activity, tell_of_application],
    Kind.MESSAGE_RECEIVED: [route, find_owner, log_activity, tell_of_message],
    Kind.REPLIED: [log_activity],
    Kind.NOTE_WRITTEN: [log_activity, tell_of_mention],
    Kind.ASSIGNED: [fill_room, tell_of_assignment],
    Kind.MAIL_FAILED: [tell_of_failure],
    Kind.MAIL_HELD: [tell_of_held],
    Kind.MAIL_OPENED: [log_activity],
    Kind.REPLY_HELD: [tell_of_unsent],
    Kind.LINK_OPENED: [log_activity, mail_was_opened],
    Kind.APPOINTMENT: [log_activity],
    Kind.DELIVERED: [fill_room, log_activity, tell_recipients],
    Kind.DELIVERY_ANSWERED: [tell_of_answer],
    Kind.DELIVERY_WITHDRAWN: [shut_out, forget_delivery],
    Kind.UNDELIVERED: [tell_of_undelivered],
    Kind.LEG_STARTED: [keep_or_pass_on, find_owner],
}


def connect() -> None:
    event_recorded.connect(follow, dispatch_uid="reactions")


def follow(event: Event, **kwargs: object) -> None:
    """Receives the signal, inside the event's transaction."""
    is_shown = event.kind not in SHOWN_LATER and not is_unhurried()
    if is_shown:
        transaction.on_commit(lambda: show(event))
    for reaction in TOGETHER.get(event.kind, []):
        reaction(event)
    act = nudge_shown if is_shown else nudge
    transaction.on_commit(lambda: done_with(event, take_up if is_unhurried() else act), robust=True)


def take_up(events: list[Event]) -> None:
    """Goes on with what a worker has just recorded: with little of it at once; much is shared among all workers."""
    from recruitchat.tasks import react

    if len(events) > MOST_IN_A_TASK:
        for several in batched(events, MOST_IN_A_TASK):
            react.delay(**_named(several), is_shown=False)
        return
    for event in events:
        show(event)
    react(**_named(events))


def nudge(events: list[Event], *, is_shown: bool = False) -> None:
    from recruitchat.tasks import react

    react.delay(**_named(events), is_shown=is_shown)


def nudge_shown(events: list[Event]) -> None:
    nudge(events, is_shown=True)


def _named(events: Sequence[Event]) -> dict[str, Any]:
    """These events of one organization, as a task is told of them."""
    return {"organization_id": events[0].organization_id, "event_ids": [str(event.pk) for event in events]}


def show(event: Event) -> None:
    for reaction in AT_ONCE:
        try:
            with enter(event.organization_id):
                reaction(event)
        except Exception:
            log.exception("not_shown", event_kind=event.kind)


def follow_up(event: Event) -> None:
    """Goes through what follows; raises what one of the reactions raises."""
    for reaction in AFTERWARDS.get(event.kind, []):
        reaction(event)


def follow_up_but_what_fails(event: Event) -> bool:
    """The same, one by one; whether all went well."""
    went_well = [_happened(reaction, event) for reaction in AFTERWARDS.get(event.kind, [])]
    return all(went_well)


def _happened(reaction: Reaction, event: Event) -> bool:
    """Whether it went well; when not, what the others did stays."""
    try:
        with transaction.atomic():
            reaction(event)
    except Exception:
        log.exception("reaction_failed", reaction=reaction.__name__, event_kind=event.kind)
        return False
    return True
