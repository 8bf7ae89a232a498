"""A worker that dies between taking a task and its commit, and a task that never came: the sweeper finds the row."""

from datetime import timedelta

import pytest

from assignment.models import Assignment
from conversations.models import Event
from notifications.models import Notification
from people.models import Activity
from recruitchat import reactions, tasks


class Killed(BaseException):
    """What a worker's end looks like from inside."""


@pytest.fixture(autouse=True)
def lost(monkeypatch):
    """No task reaches a worker."""
    monkeypatch.setattr(tasks.react, "delay", lambda **facts: None)
    monkeypatch.setattr(tasks, "GRACE", timedelta(0))


def what_followed(cast) -> tuple[int, ...]:
    with cast.inside():
        return Assignment.objects.count(), Activity.objects.count(), Notification.objects.count()


def test_a_lost_task_is_made_up_for_once(cast):
    conversation = cast.apply()
    assert what_followed(cast) == (0, 0, 0)
    for _ in range(2):  # being assigned is an event that has something following as well
        tasks.sweep_reactions()
    followed = what_followed(cast)
    tasks.sweep_reactions()
    assert followed == what_followed(cast)
    with cast.inside():
        conversation.refresh_from_db()
        assert conversation.owner == cast.jana
        assert not Event.objects.filter(reacted_at=None).exists()


def test_a_worker_killed_half_way_leaves_all_of_it_to_the_next(cast, monkeypatch):
    cast.apply()
    with cast.inside():
        event = Event.objects.get(kind=Event.Kind.APPLIED)

    def die(event: Event) -> None:
        raise Killed

    with monkeypatch.context() as dying:
        dying.setitem(reactions.AFTERWARDS, Event.Kind.APPLIED, [reactions.find_owner, die])
        with pytest.raises(Killed):
            tasks.react(organization_id=cast.organization.pk, event_ids=[str(event.pk)])
    assert what_followed(cast) == (0, 0, 0)
    tasks.sweep_reactions()
    with cast.inside():
        assert Assignment.objects.get().member == cast.jana
        assert Activity.objects.filter(kind="application").count() == 1


def test_one_reaction_that_fails_keeps_no_other_back(cast, monkeypatch):
    cast.apply()

    def fail(event: Event) -> None:
        raise ValueError

    with monkeypatch.context() as failing:
        failing.setitem(reactions.AFTERWARDS, Event.Kind.APPLIED, [fail, reactions.log_activity])
        tasks.sweep_reactions()
    with cast.inside():
        assert Activity.objects.filter(kind="application").count() == 1
        assert Event.objects.filter(kind=Event.Kind.APPLIED, reacted_at=None).exists()
    tasks.sweep_reactions()
    with cast.inside():
        assert Activity.objects.filter(kind="application").count() == 1
        assert Assignment.objects.get().member == cast.jana
