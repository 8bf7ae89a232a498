"""Whose words a mail's are, and what a member can say about it."""

import re

import pytest

from conversations.models import Conversation, Event, Message, ReplyKey
from gateways.email.authentication import dmarc
from gateways.email.headers import headers_of
from gateways.email.identity import token_in
from gateways.models import Arrival
from people.finding import person_at
from tests.cast import signed_in
from tests.gateways.letters import arrive, letter, reply_address

ANNA = "Anna Malá <anna@elsewhere.example>"


@pytest.fixture
def conversation(lead) -> Conversation:
    return lead


@pytest.fixture
def from_anna(cast, conversation) -> Message | None:
    return arrive(cast, letter("I am her sister", sender=ANNA), reply_address(cast, conversation)).message


def decide(cast, message, choice, member=None):
    return signed_in(member or cast.jana).post(f"/messages/{message.pk}/sender/", {"choice": choice})


def messages_of(cast, conversation) -> list[Message]:
    with cast.inside():
        return list(conversation.messages.filter(channel="email").order_by("created_at"))


def test_a_mail_says_why_it_is_here_and_who_sent_it(cast, conversation):
    message = arrive(cast, letter(), reply_address(cast, conversation)).message
    assert (message.found_by, message.sender) == ("token", "Lucie Němcová <lucie@mail.example>")
    page = signed_in(cast.jana).get(f"/conversations/{conversation.pk}/").content.decode()
    assert "Sent by Lucie Němcová &lt;lucie@mail.example&gt;." in page
    assert "It came to this conversation’s reply address." in page


def test_a_reply_address_is_a_secret_of_its_participant_of_which_no_copy_is_kept(cast, conversation):
    everybody = (None, cast.jana, cast.petr, cast.guest)
    secrets = {token_in(reply_address(cast, conversation, who)) for who in everybody}
    assert len(secrets) == len(everybody)
    assert all(re.fullmatch("[a-z2-7]{26}", secret) for secret in secrets)  # base32: 5 bits each, so 130
    with cast.inside():
        kept = str(list(ReplyKey.objects.values()))
    assert not any(secret in kept for secret in secrets)


def test_a_stranger_is_somebody_else_until_somebody_decides(cast, conversation, from_anna):
    assert (from_anna.third_party, from_anna.doubt) == ("Anna Malá <anna@elsewhere.example>", "stranger")
    page = signed_in(cast.jana).get(f"/conversations/{conversation.pk}/").content.decode()
    assert all(f'value="{choice}"' in page for choice in ("theirs", "contact", "discard"))


def test_the_list_says_that_somebody_else_wrote(cast, conversation, from_anna):
    assert "Somebody else:" in signed_in(cast.jana).get("/inbox/mine/").content.decode()
    decide(cast, from_anna, "theirs")
    assert "Somebody else:" not in signed_in(cast.jana).get("/inbox/mine/").content.decode()


def test_their_second_address(cast, conversation, from_anna):
    assert decide(cast, from_anna, "theirs").status_code == 302
    (message,) = messages_of(cast, conversation)
    assert (message.third_party, message.doubt) == ("", "")
    again = arrive(cast, letter("Me again", sender=ANNA), reply_address(cast, conversation)).message
    assert again.third_party == ""


def test_what_is_forged_is_theirs_one_by_one(cast, conversation, settings):
    settings.TRUSTED_MAIL_SERVERS = ["mx.northwind.example"]
    address, failed = reply_address(cast, conversation), "mx.northwind.example; dmarc=fail"
    first = arrive(cast, letter("It is me", Authentication_Results=failed), address).message
    arrive(cast, letter("I withdraw", Authentication_Results=failed), address)
    assert decide(cast, first, "theirs").status_code == 302
    assert [message.doubt for message in messages_of(cast, conversation)] == ["", "forged"]
    assert arrive(cast, letter("Again", Authentication_Results=failed), address).message.doubt == "forged"


def test_an_address_that_somebody_has_is_not_given_away(cast, conversation):
    cast.apply("Anna Malá", "anna@elsewhere.example")
    message = arrive(cast, letter(sender=ANNA), reply_address(cast, conversation)).message
    answer = decide(cast, message, "theirs")
    assert (answer.status_code, "anna@elsewhere.example" in answer.content.decode()) == (422, True)
    assert messages_of(cast, conversation)[0].doubt == "stranger"


def test_a_new_contact_has_a_conversation_where_later_mails_follow(cast, conversation, from_anna):
    decide(cast, from_anna, "contact")
    with cast.inside():
        contact = person_at("anna@elsewhere.example")
        own = contact.conversations.get()
        assert (contact.kind, contact.name, own.owner, own.campaign) == (
            "contact", "Anna Malá", cast.jana, cast.campaign,
        )  # fmt: skip
    assert messages_of(cast, conversation) == []
    later = arrive(cast, letter("And one more thing", sender=ANNA), reply_address(cast, conversation)).message
    assert (later.conversation_id, later.found_by, later.third_party) == (own.pk, "followed", "")
    hers = arrive(cast, letter("It is me"), reply_address(cast, conversation)).message
    assert hers.conversation_id == conversation.pk


def test_discarded_the_address_is_worth_nothing_any_more(cast, conversation, from_anna):
    address = reply_address(cast, conversation)
    decide(cast, from_anna, "discard")
    assert messages_of(cast, conversation) == []
    assert reply_address(cast, conversation) != address
    with cast.inside():
        assert ReplyKey.objects.filter(conversation=conversation, use="address", revoked_at=None).count() == 1
        assert Arrival.objects.filter(sender="anna@elsewhere.example").exists()
        line = Event.objects.get(kind="message_discarded")
        assert line.data["sender"] == "Anna Malá <anna@elsewhere.example>"


def test_who_may_not_see_it_decides_nothing(cast, stranger, from_anna):
    for member in (cast.eva, cast.guest, stranger.member):
        assert decide(cast, from_anna, "theirs", member).status_code == 404
        assert signed_in(member).get(f"/messages/{from_anna.pk}/original/").status_code == 404
    assert decide(cast, from_anna, "anything").status_code == 400


def test_whom_the_candidate_had_named_is_not_asked_about(cast, conversation):
    address = reply_address(cast, conversation)
    arrive(cast, letter("My sister reads along", Cc="anna@elsewhere.example"), address)
    message = arrive(cast, letter("Hello from me too", sender=ANNA), address).message
    assert (message.third_party, message.doubt) == ("Anna Malá <anna@elsewhere.example>", "")


@pytest.mark.parametrize(
    "introducing",
    [
        {"sender": "Tom <tom@mail.example>"},
        {"Authentication_Results": "mx.northwind.example; dmarc=fail"},
        {"Authentication_Results": "mx.northwind.example; dmarc=temperror"},
    ],
    ids=["stranger", "forged", "unproven"],
)
def test_whom_somebody_else_had_named_is(cast, conversation, settings, introducing):
    settings.TRUSTED_MAIL_SERVERS = ["mx.northwind.example"]
    address = reply_address(cast, conversation)
    arrive(cast, letter("She reads along", Cc="anna@elsewhere.example", **introducing), address)
    assert arrive(cast, letter("Hello", sender=ANNA), address).message.doubt == "stranger"


def test_a_mail_from_nobody_is_somebody_elses(cast, conversation):
    raw = b"Subject: Hi\nMessage-ID: <nobody@mail.example>\n\nI have no From"
    message = arrive(cast, raw, reply_address(cast, conversation)).message
    assert (message.third_party, message.doubt) == ("lucie@mail.example", "stranger")


FAILED = (
    "mx.northwind.example 1; spf=pass (a; dmarc=pass) smtp.mailfrom=x; dmarc=fail (p=none) header.from=mail.example"
)


def test_what_fails_dmarc_is_not_the_candidates(cast, conversation, settings):
    settings.TRUSTED_MAIL_SERVERS = ["mx.northwind.example"]
    address = reply_address(cast, conversation)
    assert arrive(cast, letter(Authentication_Results=FAILED), address).message.doubt == "forged"
    forged_by_sender = "mx.elsewhere.example; dmarc=fail"
    assert arrive(cast, letter(Authentication_Results=forged_by_sender), address).message.doubt == ""


@pytest.mark.parametrize(
    ("verdict", "doubt"),
    [("pass", ""), ("none", ""), ("fail", "forged"), ("temperror", "unproven"), ("permerror", "unproven")],
)
def test_what_cannot_be_proved_is_in_doubt(cast, conversation, settings, verdict, doubt):
    settings.TRUSTED_MAIL_SERVERS = ["mx.northwind.example"]
    mail = letter(Authentication_Results=f"mx.northwind.example; dmarc={verdict}")
    assert arrive(cast, mail, reply_address(cast, conversation)).message.doubt == doubt


@pytest.mark.parametrize(
    "head",
    [
        b"From: Somebody\nSender: lucie@mail.example\n",
        b"From: evil@elsewhere.example\nFrom: lucie@mail.example\n",
        b"From: lucie@mail.example, evil@elsewhere.example\n",
    ],
)
def test_only_an_address_that_stands_alone_in_from_says_who_wrote(cast, conversation, head):
    raw = head + b"Message-ID: <two@mail.example>\n\nSTOP\n"
    message = arrive(cast, raw, reply_address(cast, conversation)).message
    assert (message.doubt, bool(message.third_party)) == ("stranger", True)
    assert "Sender" in head.decode() or "evil@elsewhere.example" in message.third_party


def test_a_name_that_looks_like_her_address_is_not_hers(cast, conversation, settings):
    """The server vouches for the domain in the angle brackets, and for nothing that is encoded before them."""
    settings.TRUSTED_MAIL_SERVERS = ["mx.northwind.example"]
    raw = (
        b"Authentication-Results: mx.northwind.example; dmarc=pass header.from=elsewhere.example\n"
        b"From: =?utf-8?q?=3Clucie=40mail.example=3E?= <evil@elsewhere.example>\nMessage-ID: <x@y.example>\n\nSTOP\n"
    )
    message = arrive(cast, raw, reply_address(cast, conversation)).message
    assert (message.doubt, message.third_party) == ("stranger", "lucie@mail.example <evil@elsewhere.example>")
    with cast.inside():
        conversation.person.refresh_from_db()
        assert conversation.person.stopped_at is None


def test_a_verdict_about_another_domain_proves_nothing(cast, conversation, settings):
    settings.TRUSTED_MAIL_SERVERS = ["mx.northwind.example"]
    about = letter(Authentication_Results="mx.northwind.example; dmarc=pass header.from=elsewhere.example")
    assert arrive(cast, about, reply_address(cast, conversation)).message.doubt == "unproven"


def test_nor_is_it_a_members(cast, conversation, settings):
    settings.TRUSTED_MAIL_SERVERS = ["mx.northwind.example"]
    mail = letter("Hired", sender="petr@northwind.example", Authentication_Results=FAILED)
    assert arrive(cast, mail, reply_address(cast, conversation, cast.petr)).refusal == "SenderMismatch"


@pytest.mark.parametrize(
    ("values", "verdict"),
    [
        (["mx.ours.example; dmarc=fail"], "fail"),
        (["MX.ours.example 1; spf=none; DMARC=Pass header.from=mail.example"], "pass"),
        (["mx.ours.example; spf=fail"], ""),
        (["mx.ours.example (a (b) c); dmarc=none"], "none"),
        (["mx.theirs.example; dmarc=fail"], ""),
        (["mx.ours.example; dmarc=fail", "mx.ours.example; dmarc=pass"], "fail"),
        (["mx.theirs.example; dmarc=pass", "mx.ours.example; dmarc=fail"], "fail"),
        (['mx.ours.example; x="dmarc=pass"; dmarc=fail'], "fail"),
        (["", "; dmarc=fail", "mx.ours.example"], ""),
        (["mx.ours.example; dmarc=pass (p=NONE) header.from=MAIL.example"], "pass"),
        (["mx.ours.example; dmarc=pass header.from=jobs.mail.example"], "pass"),
        (["mx.ours.example; dmarc=pass header.from=notmail.example"], "permerror"),
        (["mx.ours.example; dmarc=none header.from=elsewhere.example; x=y"], "permerror"),
        (["mx.ours.example; dmarc=fail header.from=elsewhere.example"], "fail"),
        # What the sender calls itself stands there, too.
        (['mx.ours.example; spf=pass smtp.mailfrom="x; dmarc=pass"@evil.example; dmarc=fail'], "fail"),
        (["mx.ours.example; spf=pass smtp.mailfrom==?utf-8?q?=3B_dmarc=3Dpass=20?=@evil.example; dmarc=fail"], "fail"),
        (["mx.ours.example; spf=pass (of a\\) ; dmarc=pass (b) x) smtp.helo=y; dmarc=fail"], "fail"),
        (['mx.ours.example; spf=pass (of "a) ; dmarc=pass ("@evil.example); dmarc=fail'], "permerror"),
        (["mx.ours.example; spf=pass smtp.helo=x(y; dmarc=fail"], "permerror"),
        (["mx.ours.example; spf=pass smtp.helo=x;dmarc=pass; dmarc=fail"], "permerror"),
        ([], ""),
    ],
)
def test_the_verdict_of_a_trusted_server(values, verdict):
    headers = headers_of([("From", "lucie@mail.example"), *(("Authentication-Results", value) for value in values)])
    assert dmarc(headers, ["mx.ours.example"]) == verdict


@pytest.mark.parametrize(("result", "verdict"), [("pass", "pass"), ("fail", "fail")])
def test_microsoft_365_gives_no_name(result, verdict):
    said = (
        "spf=pass (sender IP is 8.8.8.8) smtp.mailfrom=mail.example; dkim=pass (signature was verified)"
        f" header.d=mail.example;dmarc={result} action=none header.from=mail.example;compauth=pass reason=100"
    )
    headers = headers_of([("From", "lucie@mail.example"), ("Authentication-Results", said)])
    assert dmarc(headers, ["MX.Microsoft.com"]) == verdict
    assert dmarc(headers, ["mx.ours.example"]) == ""
