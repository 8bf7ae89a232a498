"""A guest: made once, comes in by a code sent to their address, and loses sight when the organization says so."""

import re
import time

import pytest
from django.contrib.sessions.backends.db import SessionStore
from django.core import mail
from django.core.cache import cache
from django.test import Client
from django.urls import reverse

from accounts.models import Member, User
from conversations import groups
from conversations.admission import member_to_conversation
from conversations.models import Conversation
from delivery.delivering import deliver
from delivery.models import Delivery
from delivery.taking_up import take_up
from delivery.withdrawing import withdraw
from gateways.refusals import UnknownAddress
from notifications.composing import compose
from notifications.models import Notification
from tests.cast import signed_in
from tests.delivery.outcomes import outcome
from tests.gateways.letters import arrive, letter

CODE, CONFIRM = "/accounts/login/code/", "/accounts/login/code/confirm/"
BOSS = "boss@client.example"


def delivered(cast, name="Lucie Němcová", to=BOSS) -> Delivery:
    conversation = cast.apply(name, f"{len(name)}@mail.example")
    with cast.inside():
        return deliver(conversation, outcome(conversation), by=cast.jana, to=[to])


def page_of(delivery) -> str:
    return reverse("delivery:shown", args=[delivery.pk])


def code_for(client: Client, address: str) -> str:
    cache.clear()
    mail.outbox.clear()
    client.post(CODE, {"email": address})
    found = re.search(r"^([A-Z0-9]{3,4}-?[A-Z0-9]{2,4})$", mail.outbox[-1].body, re.MULTILINE)
    assert found
    return found[1]


def test_an_address_is_one_guest_however_it_is_written(cast):
    for place, address in enumerate(["Boss@Client.example", " boss@client.EXAMPLE ", BOSS]):
        delivered(cast, "Lucie" + "x" * place, address)
    with cast.inside():
        guest = Member.objects.get(user__email=BOSS)
        assert guest.received.count() == 3
    assert User.objects.filter(email__iexact=BOSS).count() == 1


def test_the_link_of_the_mail_asks_for_a_code_and_leads_to_the_conversation(cast):
    delivery = delivered(cast)
    told = next(mail for mail in mail.outbox if BOSS in mail.to)
    assert f"{CODE}?next={page_of(delivery)}" in told.body
    visitor = Client()
    sent_away = visitor.get(page_of(delivery))
    assert (sent_away.status_code, sent_away["Location"].split("?")[0]) == (302, "/accounts/login/")
    code = code_for(visitor, "BOSS@client.example")
    assert visitor.post(CONFIRM, {"code": code}).status_code == 302
    assert "Lucie Němcová" in visitor.get(page_of(delivery)).text
    assert visitor.get(f"{CODE}?next={page_of(delivery)}")["Location"] == page_of(delivery)


def test_a_guest_answers_the_mail_with_a_note_to_who_delivered_until_it_is_withdrawn(cast):
    delivery, other = delivered(cast), delivered(cast, "Eva Nová", BOSS)
    told = next(each for each in mail.outbox if BOSS in each.to and "Lucie" in each.subject)
    assert "Northwind Talent reads what you write, Lucie Němcová doesn’t." in told.body
    (address,) = told.reply_to
    mail.outbox.clear()
    arrival = arrive(cast, letter("When could she start?", sender=f"The boss <{BOSS}>"), address)
    assert (arrival.message.kind, arrival.message.text) == ("note", "When could she start?")
    with cast.inside():
        guest = Member.objects.get(user__email=BOSS)
        assert arrival.message.author == guest
        assert Notification.objects.get(kind="mentioned").member == cast.jana
    assert not [each for each in mail.outbox if "@mail.example" in each.to[0]]
    assert arrive(cast, letter("Me too", sender="A colleague <else@client.example>"), address).message is None
    with cast.inside():
        withdraw(other, by=cast.jana)
    assert arrive(cast, letter("And?", sender=BOSS), address).message
    with cast.inside():
        withdraw(delivery, by=cast.jana)
    with pytest.raises(UnknownAddress):
        arrive(cast, letter("Hello?", sender=BOSS), address)


def test_who_took_it_up_is_told_of_an_answer_where_they_may_read_it(cast):
    delivery = delivered(cast)
    with cast.inside():
        guest = Member.objects.select_related("user").get(user__email=BOSS)
        take_up(delivery.conversation, by=guest)
    with cast.inside():
        Conversation.objects.get(pk=delivery.conversation_id).receive("I can start on Monday", via="web")
    address = reverse("delivery:latest", args=[delivery.conversation_id])
    with cast.inside():
        notification = Notification.objects.get(member=guest, kind="message_received")
        assert f"{CODE}?next={address}" in compose([notification]).body
    client = signed_in(guest)
    opened = client.post(reverse("notification", args=[notification.pk]), follow=True)
    assert opened.redirect_chain[-1][0] == page_of(delivery)
    assert "I can start on Monday" in opened.text


def test_no_other_conversation_has_a_latest_delivery(cast):
    delivery, other = delivered(cast), delivered(cast, "Eva Nová", "someone@else.example")
    with cast.inside():
        guest = Member.objects.select_related("user").get(user__email=BOSS)
    client = signed_in(guest)
    assert client.get(reverse("delivery:latest", args=[delivery.conversation_id]))["Location"] == page_of(delivery)
    assert client.get(reverse("delivery:latest", args=[other.conversation_id])).status_code == 404


def test_a_code_is_good_for_ten_tries(cast):
    delivery, visitor = delivered(cast), Client()
    code = code_for(visitor, BOSS)
    for _ in range(10):
        cache.clear()
        visitor.post(CONFIRM, {"code": "AAAA-AAAA"})
    visitor.post(CONFIRM, {"code": code})
    assert visitor.get(page_of(delivery)).status_code == 302


def test_a_code_is_good_for_fifteen_minutes(cast):
    delivery = delivered(cast)
    for minutes, status in ((16, 302), (14, 200)):
        visitor = Client()
        code = code_for(visitor, BOSS)
        session = SessionStore(visitor.cookies["sessionid"].value)
        login = session["account_login"]
        login["state"]["stages"]["login_by_code"]["data"]["at"] = time.time() - minutes * 60
        session["account_login"] = login
        session.save()
        visitor.post(CONFIRM, {"code": code})
        assert visitor.get(page_of(delivery)).status_code == status


def test_who_is_switched_off_sees_nothing_any_more(cast):
    delivery = delivered(cast)
    with cast.inside():
        guest = Member.objects.select_related("user").get(user__email=BOSS)
    client = signed_in(guest)
    assert client.get(page_of(delivery)).status_code == 200
    change = reverse("admin:accounts_member_change", args=[guest.pk])
    signed_in(cast.adam).post(change, {"role": "guest", "name": "", "is_active": "", "open_limit": ""})
    for path in (page_of(delivery), "/delivered/", "/notifications/"):
        assert client.get(path).status_code == 403


def test_a_guest_hears_nothing_of_what_is_said_later(cast):
    """The lists' items show the last message; those go to members only, and so does the thread's socket."""
    delivery = delivered(cast)
    with cast.inside():
        guest = Member.objects.select_related("user").get(user__email=BOSS)
        delivery.conversation.receive("A secret for later", via="web")
        heard = groups.of_lists(delivery.conversation)
    assert groups.of_member(cast.organization.pk, guest.pk) not in heard
    client = signed_in(guest)
    scope = {"user": guest.user, "session": SessionStore(client.cookies["sessionid"].value)}
    assert member_to_conversation(scope, delivery.conversation_id) is None


def test_the_api_takes_no_guests_session(cast):
    client = signed_in(cast.guest)
    conversation = delivered(cast, to="greta@client.example").conversation_id
    for path in (
        "deliveries",
        "conversations",
        f"conversations/{conversation}",
        f"conversations/{conversation}/messages",
    ):
        assert client.get(f"/api/v1/{path}").status_code == 401
    assert client.get("/api/v1/docs").status_code == 404
