import json
from concurrent.futures import ThreadPoolExecutor

import pytest
from django.core.management import call_command
from django.utils import timezone

from accounts.doors import organization_of_api_token, organization_of_slug
from accounts.tenancy import enter
from assignment.models import RoutingRule, WorkingHours
from conversations.models import Conversation, Event
from conversations.signals import quietly
from delivery.models import Delivery
from people.models import Person, PersonScore
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
        assert PersonScore.objects.exclude(total=0).exists()
        assert WorkingHours.objects.exists()
        assert RoutingRule.objects.exists()
        assert not Event.objects.filter(created_at__gt=timezone.now()).exists()


def test_history_mails_nobody(played):
    from gateways.models import Attempt
    from notifications.models import Notification

    with enter(played.organization.pk):
        assert not Attempt.objects.exists()
        assert not Notification.objects.exists()
    assert [campaign.rotate_over for campaign in played.campaigns] == ["everyone", "available", "everyone"]


@pytest.fixture
def data_dir(settings, tmp_path, monkeypatch):
    settings.DATA_DIR = tmp_path
    monkeypatch.setattr(filling, "ProcessPoolExecutor", ThreadPoolExecutor)
    return tmp_path


def test_demo_json_tells_its_owner_who_to_be_and_where(db, data_dir, settings):
    filling.fill(conversations=2)
    assert filling.path().stat().st_mode & 0o777 == 0o600
    told = json.loads(filling.path().read_text())
    assert (told["url"], told["mail"]["domain"]) == (settings.SITE_URL, settings.MAIL_DOMAIN)
    for organization in told["organizations"]:
        assert organization_of_api_token(organization["api_token"]) == organization_of_slug(organization["slug"])
        assert {user["role"] for user in organization["users"]} == {"recruiter", "supervisor", "admin"}
        assert (len(organization["users"]), len(organization["campaigns"])) == (6, 3)


def test_on_other_ports_the_file_tells_the_new_addresses_and_the_same_tokens(db, data_dir, settings):
    filling.fill(conversations=2)
    before = filling.told()
    settings.SITE_URL = "http://localhost:8001"
    call_command("demo", newest=30)
    after = filling.told()
    assert [each["api_token"] for each in after] == [each["api_token"] for each in before]
    assert after[0]["campaigns"][0]["apply_url"].startswith("http://localhost:8001/apply/")


def test_who_was_killed_half_way_is_taken_up(db, data_dir):
    filling.tell([])
    set_stage(PLANS[0])
    call_command("demo", conversations=4, newest=2)
    assert [len(told["api_token"]) > 20 for told in filling.told()] == [True, True]
    with enter(organization_of_slug(PLANS[0].slug)):
        assert Conversation.objects.count() == 1


def test_organizations_of_somebodys_own_are_left_alone(cast, data_dir):
    call_command("demo", newest=2)
    assert not filling.path().exists()
    with cast.inside():
        assert not Conversation.objects.exists()
