"""One action on many conversations: begun from the list, worked through in the background, undone for a while.

An app above registers what it can do to many with `register`, in `AppConfig.ready`. Its button in the list's bar asks
`url_name` for a dialog; that dialog's form carries `hx-include="#selection"`, and its view calls `begin` with
`Selection.read(request.member, request.POST)` and answers with `conversations.views.bulk.progress`.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from functools import partial
from typing import Any

from django.db import transaction
from django.db.models import Count, QuerySet
from django.urls import NoReverseMatch, reverse
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext as _

from accounts.models import Member
from conversations.models import BulkItem, BulkRun, Conversation
from conversations.refusals import Refused
from conversations.selection import Selection

Do = Callable[[Conversation, Member, dict[str, Any]], dict[str, Any] | None]
Undo = Callable[[Conversation, Member, dict[str, Any]], None]
MOST_REASONS, MOST_NAMED = 10, 20
CAN_BE_UNDONE_FOR = timedelta(minutes=30)
State, ItemState = BulkRun.State, BulkItem.State


@dataclass(frozen=True)
class BulkAction:
    """`do(conversation, by, parameters)` does it to one, in a transaction of its own, and returns what `undo` needs
    (JSON). Both raise Refused where it can't be done to this one. `may` says who is offered it."""

    name: str
    title: str | Promise
    url_name: str
    do: Do
    undo: Undo | None = None
    may: Callable[[Member], bool] = lambda member: True
    position: int = 100


_actions: dict[str, BulkAction] = {}


def register(action: BulkAction) -> None:
    """Adds an action, or replaces the one of that name."""
    _actions[action.name] = action


def offered_to(member: Member) -> list[tuple[BulkAction, str]]:
    """The actions in their order, each with the address of its dialog."""
    found = []
    for action in sorted(_actions.values(), key=lambda action: (action.position, action.name)):
        if not action.may(member):
            continue
        try:
            found.append((action, reverse(action.url_name)))
        except NoReverseMatch:
            continue
    return found


def begin(name: str, selection: Selection, *, by: Member, parameters: dict[str, Any]) -> BulkRun:
    """Writes down what is to be done to which conversations; the work starts after the commit.

    Raises NothingSelected, TooManySelected.
    """
    ids = selection.ids()
    run = BulkRun.objects.create(action=_actions[name].name, by=by, parameters=parameters)
    items = (BulkItem(run=run, conversation_id=pk) for pk in ids)
    BulkItem.objects.bulk_create(items, batch_size=2000)
    _work_later(run)
    return run


def undo(run: BulkRun) -> None:
    """Has everything that was done undone, where nothing has changed since. Raises Refused when it's too late."""
    if not can_be_undone(run):
        raise Refused(_("This can't be undone any more."))
    BulkRun.objects.filter(pk=run.pk, state=State.DONE).update(state=State.UNDOING, worked_at=timezone.now())
    run.refresh_from_db(fields=["state"])
    _work_later(run)


def can_be_undone(run: BulkRun) -> bool:
    is_fresh = timezone.now() - run.began_at < CAN_BE_UNDONE_FOR
    action = _actions.get(run.action)
    return bool(run.state == State.DONE and is_fresh and action and action.undo)


def work_on(run: BulkRun, most: int) -> bool:
    """Does the next items of a run that is locked by the caller, each in a savepoint; False once it is finished."""
    is_undoing = run.state == State.UNDOING
    todo = run.items.filter(state=ItemState.DONE if is_undoing else ItemState.WAITING).order_by("id")
    items = list(todo.select_related("conversation")[:most])
    for item in items:
        _undo_one(run, item) if is_undoing else _do_one(run, item)
        item.save(update_fields=["state", "sentence", "before"])
    run.worked_at = timezone.now()
    if len(items) < most:
        run.state = State.UNDONE if is_undoing else State.DONE
    run.save(update_fields=["state", "worked_at"])
    return len(items) == most


def counts_of(run: BulkRun) -> dict[str, int]:
    """How many items are in each state."""
    counted = dict(run.items.order_by().values_list("state").annotate(Count("pk")))
    return {state: counted.get(state, 0) for state in ItemState.values}


@dataclass(frozen=True)
class Refusals:
    """Why some weren't done, or not undone: how many, and the first of them."""

    sentence: str
    many: int
    first: list[BulkItem]


def refused_of(run: BulkRun) -> list[Refusals]:
    """The most frequent first."""
    items = run.items.filter(state__in=[ItemState.REFUSED, ItemState.KEPT])
    counted = items.order_by().values_list("sentence").annotate(many=Count("pk")).order_by("-many")[:MOST_REASONS]
    return [Refusals(sentence, many, list(_first(items, sentence))) for sentence, many in counted]


def _first(items: QuerySet[BulkItem], sentence: str) -> QuerySet[BulkItem]:
    return items.filter(sentence=sentence).select_related("conversation__person").order_by("id")[:MOST_NAMED]


def _do_one(run: BulkRun, item: BulkItem) -> None:
    try:
        with transaction.atomic():
            visible = Conversation.objects.visible_to(run.by).filter(pk=item.conversation_id)
            conversation = visible.select_related("owner__user", "campaign", "person").first()
            if conversation is None:
                raise Refused(_("It isn't in your sight any more."))
            item.before = _actions[run.action].do(conversation, run.by, run.parameters) or {}
            item.state = ItemState.DONE
    except Refused as refusal:
        item.state, item.sentence = ItemState.REFUSED, str(refusal)[:300]


def _undo_one(run: BulkRun, item: BulkItem) -> None:
    act = _actions[run.action].undo
    assert act
    try:
        with transaction.atomic():
            act(item.conversation, run.by, item.before)
            item.state = ItemState.UNDONE
    except Refused as refusal:
        item.state, item.sentence = ItemState.KEPT, str(refusal)[:300]


def _work_later(run: BulkRun) -> None:
    from conversations.tasks import work_on_bulk

    facts = {"organization_id": run.organization_id, "run_id": str(run.pk)}
    transaction.on_commit(partial(work_on_bulk.delay, **facts), robust=True)
