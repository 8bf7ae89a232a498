import json

import pytest
from django.utils import timezone

from accounts.tenancy import enter
from conversations.models import Conversation, Event
from conversations.signals import quietly
from delivery.models import Delivery
from people.models import Person
from recruitchat.demo import filling
from recruitchat.demo.organizations import PLANS
from recruitchat.demo.stage import set_stage


@pytest.fixture
def played(db):
    stage = set_stage(PLANS[0])
    with quietly(), enter(stage.organization.pk):
        filling.play(stage, numbers=range(14), of=14, now=timezone.now())
    return stage


def test_history_looks_like_life(played):
    with enter(played.organization.pk):
        assert Conversation.objects.count() == 14
        assert Conversation.objects.filter(waiting_since__isnull=False).exists()
        assert Delivery.objects.values("status").distinct().count() >= 2
        assert len({person.language for person in Person.objects.all()}) >= 2
        assert Person.objects.exclude(score=0).exists()
        assert not Event.objects.filter(created_at__gt=timezone.now()).exists()


def test_history_mails_nobody(played):
    from gateways.models import Attempt
    from notifications.models import Notification

    with enter(played.organization.pk):
        assert not Attempt.objects.exists()
        assert not Notification.objects.exists()
    assert [campaign.rotate_over for campaign in played.campaigns] == ["everyone", "available", "everyone"]


def test_demo_json_is_for_its_owner_only(db, settings, tmp_path):
    settings.DATA_DIR = tmp_path
    filling.tell([{"slug": "northwind", "name": "Northwind", "users": [], "campaigns": []}])
    assert filling.path().stat().st_mode & 0o777 == 0o600
    assert json.loads(filling.path().read_text())["organizations"][0]["slug"] == "northwind"
