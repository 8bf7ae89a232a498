"""A reply without having seen a colleague's: refused also where its author doesn't say what they have seen (C4)."""

from datetime import timedelta

import pytest
from django.utils import timezone

from conversations.models import Conversation, Event
from conversations.speaking import AT_ONCE
from tests.cast import signed_in
from tests.gateways.letters import arrive, letter, reply_address


@pytest.fixture
def conversation(cast) -> Conversation:
    return cast.apply()


@pytest.fixture
def petrs(cast, conversation) -> int:
    """Petr has just written: the number of that line."""
    with cast.inside():
        return conversation.reply("I call her", by=cast.petr).event.number


def janas_form(cast, conversation, **more) -> int:
    said = {"text": "I write to her", "kind": "reply"} | more
    return signed_in(cast.jana).post(f"/conversations/{conversation.pk}/messages/", said).status_code


def janas_mail(cast, conversation, **headers) -> str:
    mail = letter("I write to her", sender="jana@northwind.example", **headers)
    return arrive(cast, mail, reply_address(cast, conversation, cast.jana)).refusal


def test_by_form_and_by_mail(cast, conversation, petrs):
    assert janas_form(cast, conversation) == 409
    assert janas_mail(cast, conversation) == "NotSent"
    assert janas_form(cast, conversation, seen_number=petrs) == 302


def test_what_was_on_screen_is_seen(cast, conversation, petrs):
    with cast.inside():
        conversation.mark_read(by=cast.jana, number=petrs)
    assert janas_mail(cast, conversation) == ""


def test_after_a_while_nobody_writes_at_once(cast, conversation, petrs):
    with cast.inside():
        Event.objects.filter(number=petrs).update(created_at=timezone.now() - AT_ONCE - timedelta(seconds=1))
    assert janas_form(cast, conversation) == 302


def test_a_mail_that_told_of_it_is_named_in_references_too(cast, conversation, petrs):
    told = [f"<{'0' * 32}.{number}.told@inbound.localhost>" for number in (petrs - 1, petrs)]
    assert janas_mail(cast, conversation, References=told[0]) == "NotSent"
    assert janas_mail(cast, conversation, References=" ".join(told)) == ""


def test_the_page_says_what_it_shows_where_no_script_does(cast, conversation, petrs):
    page = signed_in(cast.jana).get(f"/conversations/{conversation.pk}/").content.decode()
    assert f'name="seen_number" value="{petrs}"' in page


def test_what_was_said_automatically_is_no_colleagues(cast, conversation):
    with cast.inside():
        assert conversation.say_automatically("We answer on Monday")
    assert janas_form(cast, conversation, seen_number=0) == 302
