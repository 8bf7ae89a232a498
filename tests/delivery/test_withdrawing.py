"""A delivery taken back: nobody sees by it any more, it counts no more, and the conversation goes on."""

import pytest
from django.urls import reverse

from conversations.models import Conversation, Event
from delivery.delivering import deliver
from delivery.models import Delivery
from delivery.taking_up import take_up
from delivery.withdrawing import withdraw
from people.models import Activity
from tests.cast import signed_in
from tests.delivery.outcomes import outcome

pytestmark = pytest.mark.usefixtures("lead")


def url(delivery) -> str:
    return reverse("delivery:withdrawal", args=[delivery.pk])


def delivered(cast, *to, status="qualified", by=None):
    conversation = cast.conversation()
    with cast.inside():
        return deliver(conversation, outcome(conversation, status), by=by or cast.jana, to=to)


def test_the_guest_loses_it_and_the_deliverer_has_it_open_again(cast):
    delivery = delivered(cast, "greta@client.example")
    with cast.inside():
        assert Activity.objects.get(kind="delivered_qualified").person == delivery.conversation.person
    client = signed_in(cast.jana)
    assert "Greta Guest" in client.get(url(delivery)).content.decode()
    assert client.post(url(delivery), headers={"HX-Request": "true"}).status_code == 200
    guest = signed_in(cast.guest)
    assert guest.get(reverse("delivery:shown", args=[delivery.pk])).status_code == 404
    assert "Lucie" not in guest.get("/delivered/").content.decode()
    with cast.inside():
        conversation = Conversation.objects.get()
        assert not Conversation.objects.visible_to(cast.guest).exists()
        assert (conversation.is_open, conversation.owner, conversation.leg.number) == (True, cast.jana, 2)
        assert conversation.application.stage == "in_conversation"
        assert Event.objects.get(kind="delivery_withdrawn").member == cast.jana
        assert not Activity.objects.filter(kind="delivered_qualified").exists()
        assert not conversation.person.records.filter(activity__kind="delivered_qualified").exists()
    assert client.post(url(delivery)).status_code == 404  # once


def test_only_who_made_it_and_who_sees_everything_may(cast, stranger):
    delivery = delivered(cast, "greta@client.example", cast.team)
    for member in (cast.petr, cast.eva, cast.guest, stranger.member):
        assert signed_in(member).get(url(delivery)).status_code == 404
        assert signed_in(member).post(url(delivery)).status_code == 404
    assert signed_in(cast.sofia).post(url(delivery)).status_code == 302


def test_who_had_taken_it_up_by_this_delivery_only_has_it_no_more(cast):
    delivery = delivered(cast, cast.team)
    with cast.inside():
        conversation = Conversation.objects.get()
        take_up(conversation, by=cast.eva)
        withdraw(delivery, by=cast.jana)
        conversation.refresh_from_db()
        assert conversation.owner == cast.jana
        assert not Conversation.objects.visible_to(cast.eva).exists()


def test_another_delivery_of_the_same_conversation_stands(cast):
    first = delivered(cast, "greta@client.example")
    with cast.inside():
        conversation = Conversation.objects.get()
        conversation.take_up(by=cast.jana)
        deliver(conversation, outcome(conversation), by=cast.jana, to=["greta@client.example"])
        withdraw(first, by=cast.jana)
        conversation.refresh_from_db()
        assert not conversation.is_open
        assert conversation.application.stage == "delivered"
        assert Delivery.objects.received_by(cast.guest).count() == 1
        assert Conversation.objects.visible_to(cast.guest).exists()


def test_spam_withdrawn_is_a_person_again(cast):
    delivery = delivered(cast, status="spam")
    with cast.inside():
        withdraw(delivery, by=cast.jana)
        assert not Conversation.objects.get().person.is_spam
