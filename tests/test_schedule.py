from datetime import timedelta

import pytest
from django.conf import settings
from django.contrib.sessions.models import Session
from django.db import transaction
from django.utils import timezone

from accounts.models import IdempotencyKey
from accounts.tasks import tidy_up
from conversations.models import Conversation, Event
from conversations.one_by_one import one_by_one
from conversations.tasks import wake_snoozed
from recruitchat.celery import app


@pytest.mark.parametrize("name", [entry["task"] for entry in settings.CELERY_BEAT_SCHEDULE.values()])
def test_every_task_of_the_schedule_exists(name, db):  # the checks that come with it ask for the version
    app.loader.import_default_modules()
    assert name in app.tasks


@pytest.mark.parametrize("name", settings.CELERY_BEAT_SCHEDULE)
def test_what_waited_for_a_worker_too_long_is_let_go(name):
    assert settings.CELERY_BEAT_SCHEDULE[name]["options"]["expires"] <= 60


def test_what_had_its_time_is_removed(cast, stranger):
    now = timezone.now()
    for each in (cast, stranger):
        with each.inside():
            for key in ("old", "new"):
                IdempotencyKey.objects.create(key=key, request_hash="x")
            IdempotencyKey.objects.filter(key="old").update(created_at=now - timedelta(hours=25))
    Session.objects.create(session_key="old", session_data="", expire_date=now - timedelta(days=1))
    Session.objects.create(session_key="new", session_data="", expire_date=now + timedelta(days=1))
    tidy_up()
    for each in (cast, stranger):
        with each.inside():
            assert [key.key for key in IdempotencyKey.objects.all()] == ["new"]
    assert [session.session_key for session in Session.objects.all()] == ["new"]


def test_what_one_waits_for_holds_up_none_of_the_others(cast):
    """Whoever else has locked one of them waits for that one alone."""
    held: list[Conversation] = []

    def act(conversation) -> None:
        assert not held, "locked by the one before"
        with conversation.changing():
            held.append(conversation)
            transaction.on_commit(held.clear)

    for email in ("anna@mail.example", "bara@mail.example"):
        cast.apply(email=email)
    one_by_one(cast.organization.pk, Conversation.objects.open, act)


def test_what_was_snoozed_comes_back_once_its_time_has_come(cast):
    early, late = cast.apply(), cast.apply(email="late@mail.example")
    with cast.inside():
        early.snooze(timezone.now() - timedelta(seconds=1), by=cast.jana)
        late.snooze(timezone.now() + timedelta(hours=1), by=cast.jana)
    wake_snoozed()
    wake_snoozed()
    with cast.inside():
        woken = Event.objects.filter(kind=Event.Kind.WOKEN)
        assert [event.conversation for event in woken] == [early]
        early.refresh_from_db()
        late.refresh_from_db()
    assert (early.snoozed_until, bool(late.snoozed_until)) == (None, True)
