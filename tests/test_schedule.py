from datetime import timedelta

import pytest
from django.conf import settings
from django.utils import timezone

from conversations.models import Event
from conversations.tasks import wake_snoozed
from recruitchat.celery import app


@pytest.mark.parametrize("name", [entry["task"] for entry in settings.CELERY_BEAT_SCHEDULE.values()])
def test_every_task_of_the_schedule_exists(name):
    app.loader.import_default_modules()
    assert name in app.tasks


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
