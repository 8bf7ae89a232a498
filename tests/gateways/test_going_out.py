"""What a mail to a candidate looks like from outside: as whom it goes, what keeps it in its thread, who signs it."""

import re
from datetime import UTC, datetime, timedelta
from email import message_from_bytes
from email.header import decode_header, make_header
from email.utils import formataddr, getaddresses
from uuid import UUID

import dkim
import pytest
import requests
from django.core import mail as sent_mail
from django.template.loader import render_to_string

from accounts.mailing import PermanentFailure, named
from accounts.models import Member, Organization, User, Workspace
from accounts.sealing import seal
from campaigns.models import Campaign
from conversations.models import Conversation, ReplyKey
from gateways.email import records, transport
from gateways.email.identity import answered, mail_id
from gateways.email.ingest import ingest
from gateways.email.send import prepare
from gateways.email.sending_as import mailbox_of
from gateways.email.threading import thread_index, without_re
from gateways.models import Arrival, Attempt, ChannelAccount
from people.models import PersonEmail
from tests.cast import CV, signed_in
from tests.gateways.letters import arrive, letter
from tests.gateways.sink import mail_server


def account(cast, **facts) -> ChannelAccount:
    facts = {"name": "Jobs", "address": "jobs@northwind.example", "workspace": Workspace.objects.first()} | facts
    return ChannelAccount.objects.create(**facts)


def say(cast, conversation, text="Good morning"):
    """The mail that went to the candidate, as Django handed it over."""
    with cast.inside():
        conversation.reply(text, by=cast.jana)
    return [mail for mail in sent_mail.outbox if "lucie@mail.example" in mail.to[0]][-1]


@pytest.mark.parametrize(
    ("member", "organization"),
    [
        ("Jana Novak", "Náměstí s.r.o."),
        ("Jana Dvořáková", "Smith, Jones & Co."),
        ('Ján "Jano" Novák', "Acme <jobs@elsewhere.example>"),
        ("J. (HR) Šmíd", "Žižka: Smith; Co."),
        ("Ж" * 100, "Ž" * 100),
    ],
)
def test_names_arrive_as_they_are_whatever_is_in_them(cast, member, organization):
    """Nearly every From has a comma: half encoded, it made two senders of one, and servers refuse such mails."""
    with cast.inside():
        User.objects.filter(pk=cast.jana.user_id).update(name=member)
        Organization.objects.update(name=organization)
        jana = Member.objects.select_related("user").get(pk=cast.jana.pk)
    conversation = cast.apply("Novák, Petr\x07\x7f (ml.)")
    with mail_server() as sink:
        with cast.inside():
            conversation.reply("Good morning", by=jana)
        (raw,) = [envelope.original_content for envelope in sink.envelopes]
    mail = message_from_bytes(raw)
    for field, name in {"From": f"{member}, {organization}", "To": "Novák, Petr (ml.)"}.items():
        (written,) = getaddresses([mail[field].replace("\r\n", "")])
        assert str(make_header(decode_header(written[0]))) == name
    subject = f"Support agents, Brno – {organization}"
    assert str(make_header(decode_header(mail["Subject"].replace("\r\n", "")))) == subject


def test_ids_are_signed_and_another_attempt_has_another():
    message = UUID(int=7)
    ids = [mail_id(message), mail_id(message, retry=1), mail_id(message, retry=12)]
    assert len(set(ids)) == 3
    assert answered(ids) == [message] * 3
    assert answered([ids[1].replace("-1.", "-2."), ids[0].replace(".", "-1.", 1)]) == []


@pytest.mark.parametrize(
    ("address", "expected"),
    [
        ("jan@příklad.example", "jan@xn--pklad-zsa96e.example"),
        ("jan@faß.example", "jan@xn--fa-hia.example"),
        ("o'neill+jobs@mail.example", "o'neill+jobs@mail.example"),
        *(
            (address, None)
            for address in (
                "jan.novák@mail.example",
                "jan@",
                "jan",
                "",
                "a b@mail.example",
                "jan@..",
                "jan@a\nBcc: x@y",
            )
        ),
    ],
)
def test_what_mail_can_be_sent_to(address, expected):
    if expected:
        assert named("Jan\nNovák", address) == formataddr(("Jan Novák", expected))
    else:
        with pytest.raises(PermanentFailure):
            named("Jan", address)


def test_an_address_that_no_mail_can_go_to_fails_at_once_and_says_why(cast):
    """Such addresses come in by mail; an answer waited for a day to be tried in vain."""
    conversation = cast.apply()
    with cast.inside():
        PersonEmail.objects.update(address="jan.novák@mail.example")
        message = conversation.reply("Good morning", by=cast.jana)
    with cast.inside():
        message.refresh_from_db()
        assert (message.delivery_state, message.attempts.get().tries) == ("failed", 1)
        assert "letters before its @" in message.delivery_reason


@pytest.mark.parametrize(("subject", "expected"), [("Re: RE:  a  b", "a b"), ("Reply", "Reply"), ("", ""), ("re:", "")])
def test_the_topic_is_the_subject_without_re(subject, expected):
    assert without_re(subject) == expected


def test_outlooks_index_begins_as_it_wants_it():
    index = thread_index(UUID(int=7), datetime(2026, 11, 22, tzinfo=UTC))
    assert index.startswith("Ad")
    assert len(index) == 32


def test_the_mail_says_how_to_be_written_to_no_more(cast, client):
    conversation = cast.apply()
    headers = say(cast, conversation).extra_headers
    with cast.inside():
        link = ReplyKey.of(conversation, ReplyKey.Use.LINK)
    assert headers["List-Unsubscribe"].endswith(f"/c/{link.token}/stop/>")
    path = headers["List-Unsubscribe"].strip("<>").partition("//")[2].partition("/")[2]
    assert client.get(f"/{path}").status_code == 200
    with cast.inside():
        assert not Conversation.objects.get().person.stopped_at
    assert client.post(f"/{path}", {"List-Unsubscribe": "One-Click"}).status_code == 200  # RFC 8058: no redirect
    with cast.inside():
        assert Conversation.objects.get().person.stopped_at


def test_a_conversation_that_their_mail_began_keeps_their_subject(cast):
    with cast.inside():
        account(cast, campaign=cast.campaign)
    raw = (
        b"From: Lucie <lucie@mail.example>\r\nTo: jobs@northwind.example\r\nMessage-ID: <first@mail.example>\r\n"
        b"Subject: =?utf-8?q?Pr=C3=A1ce?= in Brno\r\nDate: Sun, 22 Nov 2026 10:00:00 +0100\r\n\r\nHello\r\n"
    )
    ingest(raw, envelope_to="jobs@northwind.example", envelope_from="lucie@mail.example", via="smtp")
    with cast.inside():
        conversation = Conversation.objects.get()
    one, two = say(cast, conversation, "One"), say(cast, conversation, "Two")
    assert one.subject == two.subject == "Re: Práce in Brno"
    assert one.extra_headers["In-Reply-To"] == "<first@mail.example>"
    assert two.extra_headers["In-Reply-To"] == one.extra_headers["Message-ID"]
    assert two.extra_headers["References"] == f"<first@mail.example> {one.extra_headers['Message-ID']}"


def test_a_campaign_that_is_renamed_tears_no_thread_apart(cast):
    """Gmail puts mails together by their subject, too."""
    conversation = cast.apply()
    one = say(cast, conversation, "One")
    with cast.inside():
        Campaign.objects.update(name="Support agents, Brno (closed)")
    two = say(cast, cast.conversation(pk=conversation.pk), "Two")
    for fact in ("Thread-Topic", "Thread-Index"):
        assert one.extra_headers[fact] == two.extra_headers[fact]
    assert (one.subject, two.subject) == ("Support agents, Brno – Northwind Talent",) * 2
    other = cast.apply("Karel", "karel@mail.example")
    with cast.inside():
        other.reply("Hello", by=cast.jana)
    assert sent_mail.outbox[-1].subject == "Support agents, Brno (closed) – Northwind Talent"


def test_the_campaigns_mailbox_sends_else_the_organizations_else_the_installations(cast, settings):
    conversation = cast.apply()
    with cast.inside():
        assert mailbox_of(conversation).address == settings.DEFAULT_FROM_EMAIL
        account(cast, address="hello@northwind.example", from_name="{organization} / {member}")
    (sender,) = getaddresses([str(make_header(decode_header(say(cast, conversation).extra_headers["From"])))])
    assert sender == ("Northwind Talent / Jana Dvořáková", "hello@northwind.example")
    with cast.inside():
        account(cast, campaign=cast.campaign)
        assert mailbox_of(conversation).address == "jobs@northwind.example"
        ChannelAccount.objects.update(is_active=False)
        assert mailbox_of(conversation).address == settings.DEFAULT_FROM_EMAIL


def test_no_mail_goes_out_from_another_workspaces_address(cast, settings):
    conversation = cast.apply()
    with cast.inside():
        account(cast, workspace=Workspace.objects.create(name="Client B", slug="b"), address="hr@client-b.example")
        assert mailbox_of(conversation).address == settings.DEFAULT_FROM_EMAIL
        own = account(cast, workspace=cast.campaign.workspace)
        assert mailbox_of(conversation).address == own.address
    arrive(cast, letter("Hello", sender="karel@mail.example"), "hr@client-b.example")
    with cast.inside():
        of_no_campaign = Conversation.objects.get(campaign=None)
        assert mailbox_of(of_no_campaign).address == "hr@client-b.example"
        Arrival.objects.all().delete()
        assert mailbox_of(of_no_campaign).address == settings.DEFAULT_FROM_EMAIL


def test_an_account_sends_by_its_own_server_and_the_mail_is_signed(cast):
    with cast.inside():
        own = account(cast, provider="smtp", server="127.0.0.1")
        records.vouch_for(own, is_published=True)
    conversation = cast.apply()
    with mail_server() as installation, mail_server() as sink:
        with cast.inside():
            ChannelAccount.objects.update(server=f"127.0.0.1:{sink.port}")
            conversation.reply("Good morning, příteli", by=cast.jana)
        assert installation.mails == []
        assert [envelope.mail_from for envelope in sink.envelopes] == ["jobs@northwind.example"]
        (raw,) = [envelope.original_content for envelope in sink.envelopes]
    with cast.inside():
        (spf, record, dmarc) = records.records_of(own)
    assert (spf.value, dmarc.name) == ("v=spf1 a:127.0.0.1 ~all", "_dmarc.northwind.example")
    assert record.name == "recruitchat._domainkey.northwind.example"
    assert dkim.verify(raw, dnsfunc=lambda name, **_: record.value.encode())
    assert not dkim.verify(raw.replace(b"Subject: ", b"Subject: x"), dnsfunc=lambda name, **_: record.value.encode())


def test_nothing_is_signed_with_a_key_that_nobody_can_look_up(cast):
    with cast.inside():
        own = account(cast)
        for is_published in (False, True):
            records.vouch_for(own, is_published=is_published)
            message = cast.apply().reply("Good morning", by=cast.jana, hold=timedelta(hours=1))
            mail, _mailbox = prepare(message.attempts.get())
            assert ("DKIM-Signature" in mail.message()) is is_published


@pytest.mark.parametrize("provider", sorted(transport.SECRET))
def test_any_provider_can_be_chosen(cast, provider):
    with cast.inside():
        own = account(cast, provider=provider, username="user", sealed_secret=seal("a-key"))
        by = transport.transport_of(own)
        assert by.esp_name.lower().replace(" ", "") == provider
        assert transport.is_postmark(by) is (provider == "postmark")


@pytest.mark.parametrize("provider", sorted(transport.SECRET))
def test_any_provider_is_given_all_that_a_mail_is(cast, provider, monkeypatch):
    """Its own library refuses what the provider can't do, before anything is sent."""
    given: list[bytes] = []

    def post(self, method, url, **facts):
        given.append(repr(facts).encode())
        raise requests.ConnectionError("nobody there")

    monkeypatch.setattr(requests.Session, "request", post)
    conversation = cast.apply()
    with cast.inside():
        account(cast, provider=provider, username="user", sealed_secret=seal("a-key"))
        conversation.reply("Good morning", by=cast.jana, files=[CV])
    with cast.inside():
        assert Attempt.objects.get().state == "queued"
        token = ReplyKey.of(conversation, ReplyKey.Use.ADDRESS).token
    (body,) = given
    for part in ("Good morning", "lucie@mail.example", "jobs@northwind.example", f"reply+{token}@", CV.name, "/stop/"):
        assert part.encode() in body, part
    for header in ("List-Unsubscribe-Post", "Message-ID", "Thread-Index"):
        assert header.lower().encode() in body.lower(), header


def test_mailgun_is_asked_for_the_domain_that_is_there(cast):
    conversation = cast.apply()
    with cast.inside():
        own = account(cast, provider="mailgun", server="mg.northwind.example", sealed_secret=seal("a-key"))
        message = conversation.reply("Good morning", by=cast.jana, hold=timedelta(hours=1))
        mail, mailbox = prepare(message.attempts.get())
        assert records.records_of(own)[0].name == "mg.northwind.example"
    payload = mailbox.transport.build_message_payload(mail, mailbox.transport.send_defaults)
    assert payload.get_api_endpoint() == "mg.northwind.example/messages"


def test_by_the_installations_way_an_organization_has_no_spf_record(cast):
    with cast.inside():
        own = account(cast)
        assert [record.why for record in records.records_of(own)] == ["DMARC"]
    page = signed_in(cast.adam).get(f"/admin/gateways/channelaccount/{own.pk}/change/").content.decode()
    assert "You need no SPF record: what can’t be delivered goes back to inbound.localhost" in page


def test_a_server_of_our_own_network_is_refused():
    for host in ("127.0.0.1", "10.0.0.8", "169.254.169.254"):
        with pytest.raises(transport.PermanentFailure):
            transport.check_outside(host)


def test_nor_does_an_organizations_mail_go_there(cast, settings):
    conversation = cast.apply()
    settings.PRODUCTION = True
    with mail_server() as sink:
        with cast.inside():
            account(cast, provider="smtp", server=f"127.0.0.1:{sink.port}")
            message = conversation.reply("Good morning", by=cast.jana)
        with cast.inside():
            attempt = message.attempts.get()
        assert (attempt.state, attempt.answer) == ("failed", "127.0.0.1 is not a public mail server.")
        assert not any("lucie@mail.example" in mail["To"] for mail in sink.mails)


def test_the_admin_copies_the_records_and_the_secret_is_shown_to_nobody(cast):
    adam = signed_in(cast.adam)
    with cast.inside():
        own = account(cast, provider="postmark")
    page = f"/admin/gateways/channelaccount/{own.pk}/change/"
    shown = adam.get(page).content.decode()
    assert "v=spf1 include:spf.mtasv.net" in shown
    assert "add include:spf.mtasv.net to it" in shown
    assert f"/mail/tracking/postmark/{own.pk}/" in shown
    fields = {"name": "Jobs", "channel": "email", "address": own.address, "workspace": own.workspace_id}
    fields |= {"provider": "postmark", "secret": "pm-secret", "is_active": "on", "campaign": ""}
    assert adam.post(page, fields).status_code == 302
    with cast.inside():
        own.refresh_from_db()
        assert own.sealed_secret
        assert "pm-secret" not in own.sealed_secret
    shown = adam.get(page).content.decode()
    assert "v=DKIM1" in shown
    assert "pm-secret" not in shown
    adam.post(page, fields | {"secret": ""})
    with cast.inside():
        assert ChannelAccount.objects.get(pk=own.pk).sealed_secret == own.sealed_secret


def test_in_the_dark_nothing_keeps_the_colour_of_the_day():
    """Its rules stand inline, where only what is important changes them: links of a message were dark on dark."""
    dark = render_to_string("mail/style.html").partition("@media (prefers-color-scheme: dark) {")[2]
    colours = re.findall(r"(?:color|background): [^;]+;", dark)
    assert colours
    assert all("!important" in colour for colour in colours)
