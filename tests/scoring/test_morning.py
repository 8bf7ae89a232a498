from datetime import timedelta

import pytest
import time_machine
from django.core import mail
from django.urls import reverse
from django.utils import timezone

from people.happening import happened
from scoring import morning, night
from scoring.models import MorningMail
from scoring.tasks import mail_mornings
from tests.cast import signed_in


def at_clock(cast, hour: int):
    """Tomorrow at that hour by the organization's clock."""
    tomorrow = timezone.now().astimezone(cast.organization.zone) + timedelta(days=1)
    return tomorrow.replace(hour=hour, minute=30)


@pytest.fixture
def hot(at_noon, cast):
    """Jana's lead turned hot today; another stayed warm."""
    cast.apply("Daan Visser", "daan@mail.example")
    conversation = cast.apply()
    with cast.inside():
        for number in range(4):
            happened("application", person_id=conversation.person_id, subject=number, at=timezone.now())
    return conversation


def test_who_turned_hot_is_on_the_list_of_their_recruiter(cast, hot):
    page = signed_in(cast.jana).get(reverse("scoring:morning")).content.decode()
    assert "Lucie Němcová" in page
    assert "Application +10" in page
    assert "Daan Visser" not in page
    assert "Nobody turned hot" in signed_in(cast.petr).get(reverse("scoring:morning")).content.decode()
    with time_machine.travel(timezone.now() + timedelta(days=2)), cast.inside():
        assert not morning.turned_hot(cast.jana, timezone.now())


def test_one_mail_a_day_after_the_night(cast, hot):
    mail.outbox.clear()
    with time_machine.travel(at_clock(cast, 7)):
        mail_mornings()
        assert not mail.outbox  # the night isn't done
        night.run_if_due(cast.organization.pk, timezone.now())
        mail_mornings()
        mail_mornings()
    with time_machine.travel(at_clock(cast, 13)):
        mail_mornings()
    assert [(sent.to, sent.subject) for sent in mail.outbox] == [
        (["jana@northwind.example"], "[RecruitChat] 1 lead turned hot")
    ]
    assert "Lucie Němcová" in mail.outbox[0].body
    assert mail.outbox[0].extra_headers["Auto-Submitted"] == "auto-generated"


def test_the_mail_can_be_switched_off_and_on(cast, hot):
    client, page = signed_in(cast.jana), reverse("scoring:morning")
    client.post(page, {"mail": "off"})
    assert "Get it by mail" in client.get(page).content.decode()
    mail.outbox.clear()
    night.run_if_due(cast.organization.pk, at_clock(cast, 7))
    assert morning.mail_if_due(cast.organization.pk, at_clock(cast, 7)) == 0
    client.post(page, {"mail": "on"})
    with cast.inside():
        assert MorningMail.objects.get(member=cast.jana).is_wanted
