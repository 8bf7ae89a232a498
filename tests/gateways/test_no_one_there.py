"""Machines and floods: lines of the thread, the quarantine, and no answer that nobody asked for."""

from datetime import timedelta

import pytest
from django.core import mail as sent_mail
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from conversations.counts import numbers_of
from conversations.models import Conversation, Event
from gateways.email.flood import MOST
from gateways.models import Arrival, ChannelAccount
from notifications.models import Notification
from people.models import AutomaticAnswer
from tests.cast import signed_in
from tests.gateways.letters import arrive, id_of, letter, reply_address


@pytest.fixture
def conversation(lead) -> Conversation:
    return lead


@pytest.fixture
def flood(cast, conversation, once) -> list[Arrival]:
    """Two mails more than one sender may send in ten minutes."""

    def come() -> list[Arrival]:
        address = reply_address(cast, conversation)
        return [arrive(cast, letter(f"Mail {number}"), address) for number in range(MOST + 1)]

    return once(come)


@pytest.fixture
def mailbox(cast) -> str:
    with cast.inside():
        made = ChannelAccount.objects.create(
            name="Jobs", address="jobs@inbound.localhost", campaign=cast.campaign, workspace=cast.campaign.workspace
        )
        return made.address


def events(cast, kind: str) -> list[Event]:
    with cast.inside():
        return list(Event.objects.filter(kind=kind))


def test_an_absence_is_a_line_and_no_message(cast, conversation):
    mail = letter("I am away", Auto_Submitted="auto-replied")
    arrive(cast, mail, reply_address(cast, conversation))
    (line,) = events(cast, "automatic_mail")
    assert (line.data["sender"], line.data["because"]) == ("lucie@mail.example", "Auto-Submitted: auto-replied")
    page = signed_in(cast.jana).get(f"/conversations/{conversation.pk}/").content.decode()
    assert "Automatic mail from lucie@mail.example: Re: Support agents, Brno · I am away" in page


def test_a_flood_is_held_and_told_of_once(cast, flood):
    assert [arrival.state for arrival in flood] == ["understood"] * (MOST - 1) + ["held"] * 2
    assert len(events(cast, "mail_held")) == 1
    with cast.inside():
        assert {told.member.name for told in Notification.objects.filter(kind="mail_held")} == {
            "Jana Dvořáková", "Adam Novák",
        }  # fmt: skip


def test_a_flood_to_a_mailbox_is_told_of_where_its_sender_wrote_last(cast, mailbox):
    for number in range(MOST + 1):
        arrive(cast, letter(f"Applicant {number}", sender="applications@jobs.example"), mailbox)
    with cast.inside():
        (told, *others) = Notification.objects.filter(kind="mail_held", member=cast.adam)
        assert (told.conversation.person.email, others) == ("applications@jobs.example", [])
    for member, held in ((cast.sofia, 2), (cast.jana, None)):
        with cast.inside():
            assert numbers_of(member).views["gateways:quarantine"] == held
    assert 'due">2<' in signed_in(cast.sofia).get("/counts/").content.decode()


def test_copies_are_no_flood(cast, conversation):
    address, mail = reply_address(cast, conversation), letter()
    for _ in range(2 * MOST):
        assert arrive(cast, mail, address).state == "understood"


def test_what_is_held_is_let_in_or_discarded(cast, flood, conversation):
    first, second = flood[-2:]
    client = signed_in(cast.sofia)
    with CaptureQueriesContext(connection) as asked:
        page = client.get("/quarantine/").content.decode()
    assert [words in page for words in ("Re: Support agents, Brno", "Mail 9", "Mail 10")] == [True] * 3
    assert not any('"raw"' in each["sql"] for each in asked)
    client.post(f"/quarantine/{first.pk}/", {"choice": "release"})
    client.post(f"/quarantine/{second.pk}/", {"choice": "discard"})
    with cast.inside():
        states = {arrival.pk: arrival.state for arrival in Arrival.objects.filter(pk__in=[first.pk, second.pk])}
        assert states == {first.pk: "understood", second.pk: "discarded"}
        assert conversation.messages.filter(text="Mail 9").count() == 1
    assert "Nothing is held back." in client.get("/quarantine/").content.decode()


def test_all_of_a_sender_at_once(cast, flood):
    signed_in(cast.sofia).post(f"/quarantine/{flood[-1].pk}/", {"choice": "release", "all": "on"})
    with cast.inside():
        assert not Arrival.objects.filter(state="held").exists()


def test_the_quarantine_shows_a_senders_mails_together_and_how_each_begins(cast, conversation):
    address = reply_address(cast, conversation)
    for number in range(MOST + 1):
        for sender in ("ana@mail.example", "bob@mail.example"):
            arrive(cast, letter(f"Mail {number} " + "á" * 400, sender=sender), address)
    page = signed_in(cast.sofia).get("/quarantine/").content.decode()
    assert (page.count("<bdi>ana@mail.example"), page.count("<bdi>bob@mail.example")) == (1, 1)
    assert (page.count("Let all in"), page.count("ááá…")) == (2, 4)


def test_the_quarantine_is_for_who_sees_everything(cast, stranger, flood):
    for member in (cast.jana, cast.guest, stranger.member):
        assert signed_in(member).get("/quarantine/").status_code == 404
        assert signed_in(member).post(f"/quarantine/{flood[-1].pk}/", {"choice": "release"}).status_code == 404


def test_an_address_gets_one_automatic_answer_a_day(cast, conversation):
    other = cast.apply("Lucie again", "lucie@mail.example")
    with cast.inside():
        conversation.reject(by=cast.jana)
    sent_mail.outbox.clear()
    address = reply_address(cast, conversation)
    arrive(cast, letter("Please"), address)
    for sender in ("LUCIE@mail.example", "lucie+jobs@mail.example"):
        arrive(cast, letter("Please, please", sender=sender), address)
    assert (len(sent_mail.outbox), other.person_id) == (1, conversation.person_id)
    with cast.inside():
        assert other.say_automatically("We are away") is None
        AutomaticAnswer.objects.update(answered_at=timezone.now() - timedelta(days=1, minutes=1))
        assert other.say_automatically("We are away")
    arrive(cast, letter("Tomorrow"), address)
    assert len(sent_mail.outbox) == 2


def test_a_member_is_told_once_a_day_that_others_have_their_address(cast, conversation):
    """It is their address that the answer goes to, whoever wrote: each of a hundred senders had one told to them."""
    sent_mail.outbox.clear()
    for number in range(3):
        stranger = letter("Hello", sender=f"evil{number}@elsewhere.example")
        assert arrive(cast, stranger, reply_address(cast, conversation, cast.jana)).refusal == "SenderMismatch"
    assert [mail.to for mail in sent_mail.outbox] == [["jana@northwind.example"]]


def test_who_wrote_stop_gets_no_automatic_answer_either(cast, conversation):
    address = reply_address(cast, conversation)
    arrive(cast, letter("STOP"), address)
    sent_mail.outbox.clear()
    assert arrive(cast, b"From: lucie@mail.example\nMessage-ID: <1@x>\n\n", address).refusal == "EmptyBody"
    assert sent_mail.outbox == []


def test_who_was_rejected_can_still_write_stop_and_start(cast, conversation):
    """They can be written to, and their STOP was refused as any mail."""
    with cast.inside():
        conversation.reject(by=cast.jana)
    sent_mail.outbox.clear()
    for said, is_stopped in (("STOP", True), ("Start.", False)):
        arrival = arrive(cast, letter(said), reply_address(cast, conversation))
        assert (arrival.state, arrival.message) == ("understood", None)
        assert bool(cast.conversation().person.stopped_at) is is_stopped
    assert [len(events(cast, kind)) for kind in ("stopped", "started")] == [1, 1]
    stranger = letter("STOP", sender="somebody@elsewhere.example")
    assert arrive(cast, stranger, reply_address(cast, conversation)).refusal == "RejectedCandidate"
    assert not cast.conversation().person.stopped_at


def test_what_was_deleted_is_not_revived_and_they_are_told(cast, conversation, mailbox):
    with cast.inside():
        said = conversation.reply("Hello", by=cast.jana)
        answered = id_of(cast, said)
        conversation.delete()
    sent_mail.outbox.clear()
    arrival = arrive(cast, letter("I am still here", In_Reply_To=answered), mailbox)
    assert (arrival.refusal, arrival.message) == ("Forgotten", None)
    (answer,) = sent_mail.outbox
    assert "not kept any more" in answer.body
    with cast.inside():
        assert not Conversation.objects.exists()


def test_in_reply_to_counts_more_than_references_and_of_these_the_last(cast, conversation, mailbox):
    other = cast.apply("Karel", "karel@mail.example")
    with cast.inside():
        here, there = conversation.reply("Here", by=cast.jana), other.reply("There", by=cast.jana)
    one, two = id_of(cast, here), id_of(cast, there)
    strange = {"sender": "anna@elsewhere.example"}
    assert (
        arrive(cast, letter(**strange, In_Reply_To=one, References=two), mailbox).message.conversation_id
        == conversation.pk
    )
    assert arrive(cast, letter(**strange, References=f"{one} {two}"), mailbox).message.conversation_id == other.pk
    far = " ".join([two, *(f"<{n}@elsewhere.example>" for n in range(32))])
    assert (
        arrive(cast, letter(**strange, References=f"{far} {one}"), mailbox).message.conversation_id == conversation.pk
    )
    near = far.replace("<0@elsewhere.example> ", "")
    assert arrive(cast, letter(**strange, References=near), mailbox).message.conversation_id == other.pk
    assert arrive(cast, letter(**strange, References=far), mailbox).message.found_by == "new"  # 32 others came since


def test_never_by_subject_nor_in_another_organization(cast, stranger, conversation, mailbox):
    with stranger.inside():
        theirs = ChannelAccount.objects.create(
            name="Theirs", address="jobs@contoso.example", campaign=stranger.campaign,
            workspace=stranger.campaign.workspace,
        )  # fmt: skip
        address = theirs.address
    mail = letter("Same subject", sender="someone@elsewhere.example")
    assert arrive(cast, mail, mailbox).message.found_by == "new"
    with cast.inside():
        said = conversation.reply("Hello", by=cast.jana)
    there = arrive(stranger, letter("There", In_Reply_To=id_of(cast, said)), address).message
    assert (there.found_by, there.organization_id) == ("new", stranger.organization.pk)


def test_only_this_organizations_mail_can_be_our_own_coming_back(cast, stranger, conversation, mailbox):
    with cast.inside():
        conversation.reply("Hello", by=cast.jana)
    ours = sent_mail.outbox[-1].message().as_bytes()
    assert arrive(cast, ours, mailbox).explanation == "our own mail came back"
    with stranger.inside():
        facts = {"name": "Theirs", "workspace": stranger.campaign.workspace}
        ChannelAccount.objects.create(address="jobs@contoso.example", campaign=stranger.campaign, **facts)
    assert arrive(stranger, ours, "jobs@contoso.example").message
    elsewhere = letter("Dear colleagues", sender="hr@elsewhere.example", X_RecruitChat="message; 0123456789")
    assert arrive(cast, elsewhere, mailbox).message
