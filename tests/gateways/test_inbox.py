from io import BytesIO
from types import SimpleNamespace
from zipfile import ZIP_DEFLATED, ZipFile

import pytest
from django.core import mail as sent_mail
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from accounts.models import User
from conversations.models import Conversation, Message, ReplyKey
from conversations.signals import unhurried
from gateways import inbox
from gateways.email.flood import MOST
from gateways.email.ingest import ingest
from gateways.models import Arrival, Attempt, ChannelAccount
from gateways.refusals import UnknownAddress
from gateways.tasks import sweep_arrivals
from recruitchat.tasks import react
from tests.cast import CV, signed_in
from tests.gateways.letters import QUOTED, arrive, id_of, letter, reply_address


@pytest.fixture
def conversation(cast, lead, once) -> Conversation:
    def answered() -> None:
        with cast.inside():
            said = lead.reply("Dobrý den, Lucie\nkdy můžete nastoupit?", by=cast.jana)
            lead.mark_read(by=cast.petr, number=said.event.number)

    once(answered)
    return cast.conversation()


def test_an_answer_by_mail_is_a_message_without_its_history(cast, conversation):
    arrival = arrive(cast, letter("Prvního prosince." + QUOTED, files=[CV]), reply_address(cast, conversation))
    assert arrival.state == "understood"
    message = arrival.message
    with cast.inside():
        assert (message.kind, message.channel, message.third_party) == ("inbound", "email", "")
        assert message.text == "Prvního prosince."
        assert "kdy můžete nastoupit" in message.quoted_text
        assert message.files.get().name == CV.name
        conversation.refresh_from_db()
        assert conversation.waiting_since


def test_copies_of_a_mail_are_one_message(cast, conversation):
    address, mail = reply_address(cast, conversation), letter()
    first = arrive(cast, mail, address)
    mail["Received"] = "from another.example by relay.example"
    assert arrive(cast, mail, address).pk == first.pk
    assert arrive(cast, mail.as_bytes().replace(b"\n", b"\r\n"), address).pk == first.pk
    with cast.inside():
        assert conversation.messages.filter(kind="inbound", channel="email").count() == 1


def test_the_same_id_with_other_words_is_another_message(cast, conversation):
    address = reply_address(cast, conversation)
    one, two = letter("One"), letter("Two")
    two.replace_header("Message-ID", one["Message-ID"])
    assert arrive(cast, one, address).message != arrive(cast, two, address).message


def test_mails_without_an_id_are_told_apart_by_every_byte(cast, conversation):
    address = reply_address(cast, conversation)
    for text in ("One", "Two", "One", "Two"):
        mail = letter(text)
        del mail["Message-ID"]
        arrive(cast, mail, address)
    with cast.inside():
        assert Arrival.objects.count() == 2
        assert set(conversation.messages.filter(channel="email", kind="inbound").values_list("text", flat=True)) == {
            "One",
            "Two",
        }


def test_understanding_twice_changes_nothing(cast, conversation):
    arrival = arrive(cast, letter(), reply_address(cast, conversation))
    with cast.inside():
        Arrival.objects.update(state="stored", due_at=timezone.now())
    inbox.understand(cast.organization.pk, str(arrival.pk))
    with cast.inside():
        assert Arrival.objects.get().message == arrival.message
        assert conversation.messages.filter(kind="inbound", channel="email").count() == 1


def test_a_stranger_on_the_thread_is_a_third_party(cast, conversation):
    mail = letter("I am her sister", sender="Anna <anna@elsewhere.example>")
    message = arrive(cast, mail, reply_address(cast, conversation)).message
    assert message.third_party == "Anna <anna@elsewhere.example>"


def test_a_sub_address_is_the_person(cast, conversation):
    mail = letter(sender="lucie+jobs@mail.example")
    assert arrive(cast, mail, reply_address(cast, conversation)).message.third_party == ""


def test_a_member_answers_by_mail_under_their_name(cast, conversation):
    address = reply_address(cast, conversation, cast.petr)
    arrival = arrive(cast, letter("Zavolám vám", sender="petr@northwind.example"), address)
    assert (arrival.message.kind, arrival.message.author) == ("outbound", cast.petr)
    assert sent_mail.outbox[-1].message()["To"].addresses[0].addr_spec == "lucie@mail.example"


def test_a_members_sub_address_is_theirs(cast, conversation):
    address = reply_address(cast, conversation, cast.petr)
    assert arrive(cast, letter(sender="petr+mobile@northwind.example"), address).message.author == cast.petr


def test_nobody_else_answers_by_a_members_address_and_the_member_is_told(cast, conversation):
    address = reply_address(cast, conversation, cast.petr)
    sent_mail.outbox.clear()
    arrival = arrive(cast, letter("Call me", sender="petr@elsewhere.example"), address)
    assert (arrival.state, arrival.refusal, arrival.message) == ("refused", "SenderMismatch", None)
    (answer,) = sent_mail.outbox
    assert (answer.to, "another address than the one we wrote to" in answer.body) == (
        ["petr@northwind.example"],
        True,
    )
    page = signed_in(cast.jana).get(f"/conversations/{conversation.pk}/").content.decode()
    assert "A mail from petr@elsewhere.example was not sent to the candidate: It came from another address" in page


def test_who_is_no_member_answers_for_no_team(cast, conversation):
    with cast.inside():
        address = ReplyKey.of(conversation, ReplyKey.Use.STAFF).address
    assert arrive(cast, letter(sender="evil@elsewhere.example"), address).refusal == "SenderMismatch"
    with cast.inside():
        assert conversation.events.get(kind="mail_refused").data["sender"] == "evil@elsewhere.example"


@pytest.mark.parametrize("use", ["address", "staff"])
def test_a_member_may_answer_as_often_as_they_like_and_a_stranger_not(cast, conversation, use):
    with cast.inside():
        member = cast.petr if use == "address" else None
        address = ReplyKey.of(conversation, use, member).address
    for sender, last in (("petr@northwind.example", "understood"), ("evil@elsewhere.example", "held")):
        states = [arrive(cast, letter(f"Answer {number}", sender=sender), address).state for number in range(MOST)]
        assert states[-1] == last


def test_a_members_answer_to_a_teams_address_comes_back_to_them(cast, conversation):
    with cast.inside():
        address = ReplyKey.of(conversation, ReplyKey.Use.STAFF).address
        conversation.receive("STOP", via="web")
    sent_mail.outbox.clear()
    arrive(cast, letter(sender="petr@northwind.example"), address)
    assert sent_mail.outbox[-1].to == ["petr@northwind.example"]


def test_who_sends_an_empty_mail_is_told(cast, conversation):
    sent_mail.outbox.clear()
    for raw, member, told in (
        (b"From: lucie@mail.example\nMessage-ID: <1@x>\n\n", None, "Nebylo v něm nic, co bychom mohli přečíst"),
        (b"From: petr@northwind.example\nMessage-ID: <2@x>\n\n", cast.petr, "Write something, or attach a file."),
    ):
        arrival = arrive(cast, raw, reply_address(cast, conversation, member))
        assert (arrival.refusal, told in sent_mail.outbox.pop().body) == ("EmptyBody", True)


def test_the_mark_of_another_installation_silences_no_answer(cast, conversation):
    sent_mail.outbox.clear()
    raw = b"From: lucie@mail.example\nMessage-ID: <1@x>\nX-RecruitChat: message; 0123456789\n\n"
    assert arrive(cast, raw, reply_address(cast, conversation)).refusal == "EmptyBody"
    assert len(sent_mail.outbox) == 1


def test_a_member_without_access_any_more_answers_no_more(cast, conversation):
    address = reply_address(cast, conversation, cast.petr)
    with cast.inside():
        cast.petr.access.all().delete()
    sent_mail.outbox.clear()
    assert arrive(cast, letter(sender="petr@northwind.example"), address).refusal == "SenderMismatch"
    assert "Lucie" not in sent_mail.outbox[0].body
    assert "/conversations/" not in sent_mail.outbox[0].body


def test_a_members_answer_that_cannot_be_sent_comes_back_to_them(cast, conversation):
    with cast.inside():
        conversation.receive("STOP", via="web")
    sent_mail.outbox.clear()
    arrival = arrive(cast, letter(sender="petr@northwind.example"), reply_address(cast, conversation, cast.petr))
    assert arrival.refusal == "NotSent"
    (answer,) = sent_mail.outbox
    assert answer.to == ["petr@northwind.example"]
    assert answer.subject == "[RecruitChat] Your answer was not sent"
    assert answer.extra_headers["From"].startswith('"RecruitChat, ')
    assert answer.extra_headers["Auto-Submitted"] == "auto-replied"
    assert "STOP" in answer.body
    assert f"/conversations/{conversation.pk}/" in answer.body


def test_a_rejected_candidate_gets_one_polite_answer(cast, conversation):
    with cast.inside():
        conversation.reject(by=cast.jana)
    sent_mail.outbox.clear()
    address = reply_address(cast, conversation)
    arrivals = [arrive(cast, letter(text), address) for text in ("Please", "Really, please")]
    assert [arrival.refusal for arrival in arrivals] == ["RejectedCandidate"] * 2
    (answer,) = sent_mail.outbox
    assert "jobs@northwind.example" in answer.body
    assert answer.extra_headers["Auto-Submitted"] == "auto-replied"
    with cast.inside():
        assert not Message.objects.filter(text="Please").exists()


@pytest.mark.parametrize(
    "verdict", ["fail", "temperror", "pass header.from=elsewhere.example", "pass header.from=mail.example"]
)
def test_who_may_not_be_the_author_gets_no_answer(cast, conversation, settings, verdict):
    settings.TRUSTED_MAIL_SERVERS = ["mx.northwind.example"]
    with cast.inside():
        conversation.reject(by=cast.jana)
    sent_mail.outbox.clear()
    forged = letter("Please", Authentication_Results=f"mx.northwind.example; dmarc={verdict}")
    assert arrive(cast, forged, reply_address(cast, conversation)).refusal == "RejectedCandidate"
    assert len(sent_mail.outbox) == (verdict == "pass header.from=mail.example")


def test_nothing_automatic_is_answered_or_shown(cast, conversation):
    with cast.inside():
        conversation.reject(by=cast.jana)
    sent_mail.outbox.clear()
    mail = letter("I am away", Auto_Submitted="auto-replied")
    assert arrive(cast, mail, reply_address(cast, conversation)).refusal == "AutoReply"
    assert sent_mail.outbox == []


@pytest.mark.parametrize(
    ("heard", "provider_id"),
    [("sent", None), ("opened", None), ("queued", ""), ("sent", "0100018f-of-the-provider")],
)
@pytest.mark.parametrize("knows_our_id", [True, False])
def test_a_bounce_fails_the_attempt_it_is_about(cast, conversation, heard, provider_id, knows_our_id):
    """Whatever was heard of it before; while its worker has yet to write that the server took it; and where the
    provider gave it an id of its own."""
    with cast.inside():
        attempt = Attempt.objects.select_related("message").get()
        assert attempt.state == "sent"
        known_as = attempt.provider_id if provider_id is None else provider_id
        Attempt.objects.update(state=heard, provider_id=known_as)
    bounce = letter(
        "Delivery to lucie@mail.example failed: 550 5.1.1 user unknown\n\n--- Copy ---\n"
        f"Message-ID: {id_of(cast, attempt.message) if knows_our_id else '<rewritten@elsewhere.example>'}\n",
        sender="MAILER-DAEMON@mail.example",
        X_Failed_Recipients="lucie@mail.example",
    )
    assert arrive(cast, bounce, reply_address(cast, conversation)).refusal == "Bounce"
    with cast.inside():
        attempt.refresh_from_db()
        assert attempt.state == "failed"
        assert "user unknown" in Message.objects.get(pk=attempt.message_id, delivery_state="failed").delivery_reason


def test_stop_and_start(cast, conversation):
    address = reply_address(cast, conversation)
    arrive(cast, letter("STOP" + QUOTED), address)
    with cast.inside():
        conversation.person.refresh_from_db()
        assert conversation.person.stopped_at
    arrive(cast, letter("start"), address)
    with cast.inside():
        conversation.person.refresh_from_db()
        assert conversation.person.stopped_at is None


def test_a_third_partys_stop_stops_nobody(cast, conversation):
    arrive(cast, letter("STOP", sender="anna@elsewhere.example"), reply_address(cast, conversation))
    with cast.inside():
        conversation.person.refresh_from_db()
        assert conversation.person.stopped_at is None


@pytest.mark.parametrize("raw", [b"", b"From: lucie@mail.example\n\n", b"\n" * 5000])
def test_garbage_is_kept_and_named(cast, conversation, raw):
    arrival = arrive(cast, raw, reply_address(cast, conversation))
    assert arrival.state == "refused"
    assert arrival.refusal in {"UnknownSender", "EmptyBody", "AutoReply"}


def test_garbage_with_words_in_it_is_somebody_elses(cast, conversation):
    message = arrive(cast, b"\x00\x80\xfe garbage \x80", reply_address(cast, conversation)).message
    assert ("garbage" in message.text, message.doubt) == (True, "stranger")


def test_an_unknown_address_is_refused(cast, conversation):
    for address in ("reply+aaaaaaaaaaaaaaaaaaaaaaaaaa@inbound.localhost", "nobody@inbound.localhost", "", "a\x00b@c"):
        with pytest.raises(UnknownAddress):
            ingest(b"x", envelope_to=address, envelope_from="", via="smtp")


def test_a_revoked_address_is_refused(cast, conversation):
    address = reply_address(cast, conversation)
    with cast.inside():
        ReplyKey.objects.get(conversation=conversation, use="address", member=None).revoke()
    with pytest.raises(UnknownAddress):
        ingest(letter().as_bytes(), envelope_to=address, envelope_from="", via="smtp")


@pytest.mark.parametrize("how", ["revoked_at", "expires_at"])
def test_an_address_that_is_withdrawn_before_its_mail_is_read_leads_nowhere(cast, conversation, monkeypatch, how):
    monkeypatch.setattr("gateways.email.ingest.nudge", lambda arrival: None)
    monkeypatch.setattr(inbox, "GRACE", inbox.timedelta(0))
    address = reply_address(cast, conversation)
    arrive(cast, letter(), address)
    with cast.inside():
        ReplyKey.objects.filter(conversation=conversation, use="address").update(**{how: timezone.now()})
    if how == "expires_at":
        with pytest.raises(UnknownAddress):
            arrive(cast, letter("Again"), address)
    sweep_arrivals()
    with cast.inside():
        assert [arrival.refusal for arrival in Arrival.objects.all()] == ["Forgotten"]
        assert not conversation.messages.filter(channel="email", kind="inbound").exists()


def test_a_link_is_no_address(cast, conversation):
    with cast.inside():
        token = ReplyKey.of(conversation, ReplyKey.Use.LINK).token
    assert arrive(cast, letter(), f"reply+{token}@inbound.localhost").refusal == "Forgotten"


def test_the_sweeper_understands_what_a_lost_task_left(cast, conversation, monkeypatch):
    monkeypatch.setattr("gateways.email.ingest.nudge", lambda arrival: None)
    monkeypatch.setattr(inbox, "GRACE", inbox.timedelta(0))
    assert arrive(cast, letter(), reply_address(cast, conversation)).state == "stored"
    sweep_arrivals()
    with cast.inside():
        assert Arrival.objects.get().state == "understood"


class TestAMailbox:
    @pytest.fixture(autouse=True)
    def account(self, cast):
        with cast.inside():
            return ChannelAccount.objects.create(
                name="Jobs", address="Jobs@inbound.localhost", campaign=cast.campaign, workspace=cast.campaign.workspace
            )

    def test_somebody_new_applies_by_writing_to_it(self, cast):
        mail = letter("I saw your advert", sender="Tomáš Černý <tomas@mail.example>")
        message = arrive(cast, mail, "jobs@inbound.localhost").message
        with cast.inside():
            conversation = message.conversation
            assert (conversation.person.name, conversation.campaign) == ("Tomáš Černý", cast.campaign)
            assert conversation.owner == cast.jana

    def test_an_answer_finds_its_conversation_by_its_headers(self, cast, conversation):
        with cast.inside():
            said = conversation.messages.get(kind="outbound")
        mail = letter("Yes", sender="anna@elsewhere.example", In_Reply_To=id_of(cast, said))
        message = arrive(cast, mail, "jobs@inbound.localhost").message
        assert (message.conversation_id, message.third_party) == (conversation.pk, "anna@elsewhere.example")

    @pytest.mark.parametrize(
        "answering",
        [
            "In-Reply-To: <other@mail.example> {}",
            "In-Reply-To: {} <other@mail.example>",
            "In-Reply-To: Your message of today {} (Monday)",
            "References: <a b@mail.example>,{}",
            "References: {} <other@mail.example>",
        ],
    )
    @pytest.mark.parametrize("as_written", [str, str.upper, lambda one: f"< {one[1:-1]} >"])
    def test_however_a_program_names_what_it_answers(self, cast, conversation, answering, as_written):
        with cast.inside():
            ours = conversation.messages.filter(kind="outbound").first() or conversation.reply("Hello", by=cast.jana)
        named = answering.format(as_written(id_of(cast, ours)))
        raw = f"From: anna@elsewhere.example\nMessage-ID: x y\n{named}\n\nHello\n".encode()
        assert arrive(cast, raw, "jobs@inbound.localhost").message.conversation_id == conversation.pk

    @pytest.mark.parametrize("sender", ["x" * 300 + "@mail.example", f"x@{'mail.' * 60}example"])
    def test_what_is_too_long_for_an_address_is_none(self, cast, conversation, sender):
        raw = f"From: {sender}\nMessage-ID: <1@mail.example>\n\nHello\n".encode()
        for address in ("jobs@inbound.localhost", reply_address(cast, conversation)):
            assert arrive(cast, raw, address).message.doubt == "stranger"

    def test_a_forged_header_leads_nowhere(self, cast, conversation):
        with cast.inside():
            said = conversation.messages.get(kind="outbound")
        signature = id_of(cast, said).split(".")[1][:20]
        forged = id_of(cast, said).replace(signature, "0" * 20)
        mail = letter("Yes", sender="anna@elsewhere.example", In_Reply_To=forged)
        assert arrive(cast, mail, "jobs@inbound.localhost").message.conversation_id != conversation.pk

    def test_who_has_a_conversation_goes_on_in_it(self, cast, conversation):
        message = arrive(cast, letter("Me again"), "jobs@inbound.localhost").message
        assert message.conversation_id == conversation.pk

    def test_to_both_addresses_it_is_one_message(self, cast, conversation):
        mail = letter("To both")
        one = arrive(cast, mail, reply_address(cast, conversation)).message
        assert arrive(cast, mail, "jobs@inbound.localhost").message == one

    def test_another_organization_cannot_take_the_address(self, cast, stranger):
        from django.db import IntegrityError

        with pytest.raises(IntegrityError), stranger.inside():
            ChannelAccount.objects.create(
                name="Mine", address="jobs@inbound.localhost", workspace=stranger.campaign.workspace
            )


def test_admins_and_staff_are_no_candidates_by_accident(cast, conversation):
    """A colleague who answers the candidate's own mail is shown as who they are."""
    assert User.objects.filter(email="sofia@northwind.example").exists()
    mail = letter("FYI", sender="Sofia <sofia@northwind.example>")
    assert "sofia@" in arrive(cast, mail, reply_address(cast, conversation)).message.third_party


def test_a_zip_in_a_zip_is_kept_unopened(cast, conversation):
    inner, outer = BytesIO(), BytesIO()
    with ZipFile(inner, "w", ZIP_DEFLATED) as file:
        file.writestr("zeros", bytes(1_000_000))
    with ZipFile(outer, "w") as file:
        file.writestr("inner.zip", inner.getvalue())
    mail = letter("My documents", files=[SimpleNamespace(name="all.zip", content=outer.getvalue())])
    message = arrive(cast, mail, reply_address(cast, conversation)).message
    with cast.inside():
        kept = message.files.select_related("content").get()
        assert (kept.content_type, bytes(kept.content.content)) == ("application/zip", outer.getvalue())


def test_a_mail_is_understood_in_few_statements(cast, conversation, monkeypatch):
    address = reply_address(cast, conversation)
    monkeypatch.setattr("gateways.email.ingest.nudge", lambda arrival: None)
    arrival = ingest(letter().as_bytes(), envelope_to=address, envelope_from="", via="smtp")
    monkeypatch.setattr(react, "delay", lambda **facts: None)
    with unhurried(), CaptureQueriesContext(connection) as asked:
        inbox.understand(cast.organization.pk, str(arrival.pk))
    with cast.inside():
        assert Arrival.objects.get().state == "understood"
    assert len(asked) <= 18, [each["sql"] for each in asked]  # with the transaction's and the savepoints'


def test_what_is_longer_than_a_message_goes_on_in_a_file(cast):
    conversation = cast.apply()
    said = "\n".join(f"line {number} of a long letter" for number in range(5_000))
    message = arrive(cast, letter(said), reply_address(cast, conversation)).message
    with cast.inside():
        file = message.files.get()
        assert f"{message.text}\n{bytes(file.content.content).decode()}" == said
        assert (len(message.text) <= 100_000, file.name) == (True, "continued.txt")


def test_a_long_quote_is_fetched_when_it_is_unfolded(cast, stranger):
    conversation = cast.apply()
    quoted = "".join(f"> Line {number}, <b>quoted</b>\n" for number in range(1_000))
    mail = letter(f"Yes\n\nOn Mon, 1 Jan 2026 at 10:00 Jana <j@x.example> wrote:\n{quoted}")
    message = arrive(cast, mail, reply_address(cast, conversation)).message
    page, address = f"/conversations/{conversation.pk}/", f"/messages/{message.pk}/quote/"
    shown = signed_in(cast.jana).get(page).content.decode()
    assert (f'hx-get="{address}"' in shown, "Line 999" in shown) == (True, False)
    fetched = signed_in(cast.jana).get(address).content.decode()
    assert "Line 999, &lt;b&gt;quoted" in fetched
    for member in (cast.eva, cast.guest, stranger.member):
        assert signed_in(member).get(address).status_code == 404


def test_what_others_write_in_her_name_to_a_mailbox_holds_back_nothing_of_hers(cast, conversation):
    with cast.inside():
        ChannelAccount.objects.create(
            name="Jobs", address="jobs@inbound.localhost", workspace=cast.campaign.workspace, campaign=cast.campaign
        )
    for number in range(10):
        mail = arrive(cast, letter(f"Spam {number}"), "jobs@inbound.localhost")
    assert mail.state == "held"
    assert arrive(cast, letter("The real Lucie"), reply_address(cast, conversation)).state == "understood"
