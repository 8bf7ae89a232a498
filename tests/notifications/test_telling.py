from datetime import timedelta

import pytest
from django.core import mail as sent_mail
from django.utils import timezone

from accounts.models import TeamMember
from accounts.presence import say
from conversations.counts import numbers_of
from conversations.models import Conversation, ReplyKey
from delivery.delivering import deliver
from delivery.models import Status
from delivery.outcome import Outcome
from gateways.email.ingest import ingest
from notifications import mailing, wording
from notifications.models import Notification
from notifications.tasks import sweep_notifications
from tests.cast import signed_in
from tests.gateways.letters import LUCIE, arrive, letter, reply_address


@pytest.fixture
def conversation(cast, lead) -> Conversation:
    with cast.inside():
        Notification.objects.all().delete()
    return lead


def told(cast) -> set[tuple[str, str]]:
    with cast.inside():
        rows = Notification.objects.select_related("member__user")
        return {(row.kind, row.member.short_name if row.member else row.address) for row in rows}


def mails_go(cast) -> list:
    """Everything that is due in a minute has gone; the mails."""
    sent_mail.outbox.clear()
    with cast.inside():
        Notification.objects.filter(mail_due_at__isnull=False).update(mail_due_at=timezone.now() - timedelta(seconds=1))
    sweep_notifications()
    return sent_mail.outbox


@pytest.mark.parametrize(("text", "kind"), [("", "new_lead"), ("Hello", "message_received")])
def test_the_addresses_of_a_campaign_are_told_of_who_applies_with_or_without_words(cast, text, kind):
    with cast.inside():
        cast.campaign.notify_addresses = ["jana@northwind.example", "petr@northwind.example", "crew@northwind.example"]
        cast.campaign.save()
    cast.apply(text=text)
    assert told(cast) == {("new_lead", "Jana"), (kind, "Jana"), (kind, "Petr"), (kind, "crew@northwind.example")}


def test_a_new_lead_is_told_once(cast):
    cast.apply(text="I would like to work with you")
    assert told(cast) == {("new_lead", "Jana")}
    (mail,) = mails_go(cast)
    assert mail.to == ["jana@northwind.example"]
    assert "I would like to work with you" in mail.body
    assert mails_go(cast) == []


def test_the_owner_is_told_of_a_message_and_can_answer_the_mail(cast, conversation):
    with cast.inside():
        conversation.receive("When?", via="web")
    assert told(cast) == {("message_received", "Jana")}
    (mail,) = mails_go(cast)
    with cast.inside():
        assert mail.reply_to == [ReplyKey.of(conversation, "address", cast.jana).address]
    assert mail.subject == "[RecruitChat] Lucie Němcová has written"
    assert "RecruitChat" in mail.extra_headers["From"]
    assert f"/conversations/{conversation.pk}/" in mail.body


@pytest.mark.parametrize("sender", ["Evil <evil@elsewhere.example>", LUCIE])
def test_what_somebody_else_wrote_is_told_as_theirs_with_the_doubt(cast, conversation, sender, settings):
    """A stranger, and whoever uses the person's address as their own."""
    settings.TRUSTED_MAIL_SERVERS = ["mx.example"]
    forged = {"Authentication_Results": "mx.example; dmarc=fail header.from=mail.example"}
    arrive(cast, letter("I am only her landlord", sender=sender, **forged), reply_address(cast, conversation))
    with cast.inside():
        conversation.receive("When?", via="web")
    (mail,) = mails_go(cast)
    stranger, lucie = mail.body.split("* * *")
    assert f"{sender} (somebody else)\nThe mail failed the check of its sender (DMARC)" in stranger
    assert "(somebody else)" not in lucie
    page = signed_in(cast.jana).get("/notifications/").context["notifications"]
    sentences = {wording.sentence(each) for each in page}
    assert sentences == {
        "Lucie Němcová has written",
        f"Somebody else wrote in the conversation with Lucie Němcová: {sender}",
    }


def test_who_has_looked_meanwhile_gets_no_mail(cast, conversation):
    with cast.inside():
        conversation.receive("When?", via="web")
    with cast.inside():
        conversation.mark_read(by=cast.jana)
    assert mails_go(cast) == []


def test_the_addresses_of_a_campaign_are_told_instead(cast, conversation):
    with cast.inside():
        cast.campaign.notify_addresses = ["petr@northwind.example", "crew@northwind.example"]
        cast.campaign.save()
        conversation.receive("When?", via="web")
    assert told(cast) == {
        ("message_received", "Petr"), ("message_received", "crew@northwind.example"), ("message_received", "Jana"),
    }  # fmt: skip
    mails = {mail.to[0]: mail for mail in mails_go(cast)}
    assert set(mails) == {"petr@northwind.example", "crew@northwind.example"}
    assert mails["petr@northwind.example"].reply_to
    assert mails["crew@northwind.example"].reply_to != mails["petr@northwind.example"].reply_to


def test_without_an_owner_those_in_turn_are_told(cast, conversation):
    with cast.inside():
        Conversation.objects.update(owner=None)
        cast.campaign.access.filter(member=cast.petr).update(auto_assign=True)
        conversation.reply("Hello", by=cast.petr)
    with cast.inside():
        conversation.receive("When?", via="web")
    assert ("message_received", "Petr") in told(cast) or ("message_received", "Jana") in told(cast)


def test_a_mention_is_told_to_whom_it_names(cast, conversation):
    with cast.inside():
        conversation.note("@Petr, look", by=cast.jana, mentions=[cast.petr])
    assert told(cast) == {("mentioned", "Petr")}


def test_a_delivery_is_told_to_every_recipient_with_a_link(cast, conversation):
    with cast.inside():
        TeamMember.objects.get_or_create(team=cast.team, member=cast.petr)
        outcome = Outcome(status=Status.objects.get(slug="other"), notes="Done", application=conversation.application)
        delivery = deliver(conversation, outcome, by=cast.jana, to=[cast.team, cast.eva, "greta@client.example"])
    assert told(cast) == {("delivered", "Petr"), ("delivered", "Eva"), ("delivered", "Greta")}
    mails = mails_go(cast) or sent_mail.outbox
    with cast.inside():
        assert not Notification.objects.filter(mailed_at=None).exists()
    assert all(f"/delivered/{delivery.pk}/" in mail.body for mail in mails)


def test_a_failed_mail_is_told(cast, conversation):
    from gateways import outbox
    from gateways.models import Attempt

    with cast.inside():
        conversation.reply("Hello", by=cast.jana)
    with cast.inside():
        outbox.fail(Attempt.objects.select_related("message__conversation__person").get(), "550 no such user")
    assert ("mail_failed", "Jana") in told(cast)


def test_what_cannot_be_written_waits_longer_each_time_and_ends_while_others_go(cast, conversation):
    with cast.inside():
        conversation.receive("When?", via="web")
        event = conversation.events.last()
        facts = {"event": event, "conversation": conversation, "mail_due_at": timezone.now()}
        broken = Notification.objects.create(kind="delivered", address="crew@northwind.example", **facts)
    waits = []
    while broken.mail_due_at:
        waits.append(broken.mail_due_at - timezone.now())
        mails = mails_go(cast)
        assert [mail.to for mail in mails] == ([["jana@northwind.example"]] if broken.mail_tries == 0 else [])
        with cast.inside():
            broken.refresh_from_db()
    assert waits == sorted(waits)
    assert broken.mail_tries == len(mailing.PAUSES) + 1
    assert "KeyError" in broken.mail_error


def test_the_page_lists_and_marks_as_read(cast, conversation, stranger):
    with cast.inside():
        conversation.receive("When?", via="web")
    with cast.inside():
        notification = Notification.objects.get()
    jana = signed_in(cast.jana)
    assert "Lucie Němcová has written" in jana.get("/notifications/").content.decode()
    assert "Lucie" not in signed_in(cast.petr).get("/notifications/").content.decode()
    address = f"/notifications/{notification.pk}/"
    for other in (cast.petr, cast.guest, stranger.member):
        assert signed_in(other).post(address).status_code == 404
        assert signed_in(other).get(f"{address}toast/").status_code == 404
    assert jana.get(address).status_code == 405
    assert "Lucie" in jana.get(f"{address}toast/").content.decode()
    assert jana.post(address)["Location"] == f"/conversations/{conversation.pk}/"
    jana.post("/notifications/")
    with cast.inside():
        assert not Notification.objects.filter(member=cast.jana, read_at=None).exists()


def test_the_rail_counts_what_was_not_read(cast):
    cast.apply()
    with cast.inside():
        assert numbers_of(cast.jana).views["notifications"] == 1
    signed_in(cast.jana).post("/notifications/")
    with cast.inside():
        assert numbers_of(cast.jana).views["notifications"] == 0


def test_who_is_away_gets_one_mail_of_all(cast, conversation):
    with cast.inside():
        say(cast.jana, "away")
        conversation.receive("When?", via="web")
        conversation.receive("Where?", via="web")
    cast.apply("Karel Novotný", "karel@mail.example", text="Me too")
    with cast.inside():
        waits = Notification.objects.filter(member=cast.jana).values_list("mail_due_at", flat=True)
        assert all(due and due - timezone.now() > timedelta(minutes=14) for due in waits)
    (mail,) = [mail for mail in mails_go(cast) if mail.to == ["jana@northwind.example"]]
    assert mail.subject == "[RecruitChat] 3 things happened"
    assert all(words in mail.body for words in ("When?", "Where?", "Karel Novotný"))
    assert not mail.reply_to
    assert mail.extra_headers["Auto-Submitted"] == "auto-generated"
    assert mails_go(cast) == []


def test_what_is_not_delivered_for_long_is_one_mail(cast, conversation):
    other = cast.apply("Karel Novotný", "karel@mail.example")
    with cast.inside():
        Notification.objects.all().delete()
        for each in (conversation, other):
            each.nudge(now=timezone.now())
    (mail,) = mails_go(cast)
    assert mail.subject == "[RecruitChat] 2 conversations wait for your delivery"
    assert all(words in mail.body for words in ("Lucie Němcová", "Karel Novotný", "you work on these conversations"))
    assert "You are away" not in mail.body


def test_lines_in_quick_succession_are_one_mail(cast, conversation):
    with cast.inside():
        for line in ("One", "Two", "Three"):
            conversation.receive(line, via="web")
    (mail,) = mails_go(cast)
    assert "One\n\nTwo\n\nThree" in mail.body
    assert mail.reply_to


def test_a_mail_to_several_people_is_answered_under_the_name_of_who_writes(cast, conversation):
    with cast.inside():
        cast.campaign.notify_addresses = ["crew@northwind.example"]
        cast.campaign.save()
        conversation.receive("When?", via="web")
    (mail,) = [mail for mail in mails_go(cast) if mail.to == ["crew@northwind.example"]]

    def answer(sender: str, text: str) -> str:
        raw = (
            f"From: {sender}\r\nTo: {mail.reply_to[0]}\r\nMessage-ID: <{text}@x.example>\r\n"
            f"In-Reply-To: {mail.extra_headers['Message-ID']}\r\nSubject: Re\r\n\r\n{text}\r\n"
        )
        arrival = ingest(raw.encode(), envelope_to=mail.reply_to[0], envelope_from=sender, via="smtp")
        with cast.inside():
            arrival.refresh_from_db()
        return arrival.refusal

    assert answer("lucie@mail.example", "stranger") == "SenderMismatch"
    assert answer("eva@northwind.example", "no-access") == "SenderMismatch"
    assert answer("petr@northwind.example", "at-nine") == ""
    with cast.inside():
        said = conversation.messages.get(kind="outbound")
        assert (said.author, said.text) == (cast.petr, "at-nine")
    assert answer("jana@northwind.example", "at-ten") == "NotSent"
