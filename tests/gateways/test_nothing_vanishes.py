"""Where nothing new stands out of a mail, what is there becomes the message: in doubt more is kept."""

from email.message import EmailMessage

import pytest

from conversations.models import Conversation
from tests.gateways.letters import arrive, letter, reply_address

OUTLOOK = """
________________________________
From: Jana Dvořáková <hello@inbound.localhost>
Sent: Monday, November 16, 2026 9:12 AM
To: Lucie Němcová <lucie@mail.example>
Subject: Support agents, Brno

When can you start?
From the first of December.
"""
UNDER_ATTRIBUTION = "On Mon, 1 Jan 2026 at 10:00 Jana <j@x.example> wrote:\n\nare you coming? YES I AM\n"


@pytest.fixture
def conversation(cast) -> Conversation:
    return cast.apply()


def with_picture(size: int) -> EmailMessage:
    mail = letter("\n")
    mail.add_alternative("<div><img src='cid:scan'></div>", subtype="html")
    picture = b"\x89PNG\r\n\x1a\n" + b"x" * size
    mail.get_payload(1).add_related(picture, "image", "png", cid="<scan>", filename="certificate.png")
    return mail


@pytest.mark.parametrize(
    ("text", "last_words"),
    [
        (OUTLOOK, "From the first of December."),
        ("> Ano\n> souhlasím\n", "> souhlasím"),
        (UNDER_ATTRIBUTION, "are you coming? YES I AM"),
        ("-- \nLucie, +420 777 123 456\n", "Lucie, +420 777 123 456"),
    ],
)
def test_an_answer_that_looks_quoted_is_a_message(cast, conversation, text, last_words):
    arrival = arrive(cast, letter(text, In_Reply_To="<q@x>"), reply_address(cast, conversation))
    assert arrival.state == "understood"
    assert arrival.message.text.endswith(last_words)
    assert arrival.message.quoted_text == ""


def test_what_is_said_in_the_subject_alone_is_a_message(cast, conversation):
    mail = letter(" \n")
    mail.replace_header("Subject", "I withdraw my application")
    assert arrive(cast, mail, reply_address(cast, conversation)).message.text == "I withdraw my application"


def test_a_small_picture_alone_is_a_message(cast, conversation):
    message = arrive(cast, with_picture(500), reply_address(cast, conversation)).message
    with cast.inside():
        assert (message.text, message.files.get().name) == ("", "certificate.png")


def test_a_small_picture_beside_words_is_a_logo(cast, conversation):
    mail = with_picture(500)
    mail.get_payload(0).set_content("See you on Monday")
    message = arrive(cast, mail, reply_address(cast, conversation)).message
    with cast.inside():
        assert (message.text, message.files.exists()) == ("See you on Monday", False)


def test_a_member_who_says_nothing_sends_no_quote_to_the_candidate(cast, conversation):
    mail = letter(OUTLOOK, sender="petr@northwind.example", In_Reply_To="<q@x>")
    assert arrive(cast, mail, reply_address(cast, conversation, cast.petr)).refusal == "EmptyBody"
