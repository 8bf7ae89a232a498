import re
import threading
import time
from contextlib import contextmanager
from datetime import timedelta

import pytest
from anymail.utils import Attachment
from django.db import connections
from django.test import Client, override_settings
from django.utils import timezone

from conversations.attaching import Upload
from conversations.models import Event, Message, ReplyKey
from gateways import outbox, reports
from gateways.email.compose import compose
from gateways.models import Attempt
from gateways.tasks import sweep_outbox
from recruitchat.celery import app
from recruitchat.nudging import Nudge, nudge_from_a_thread
from tests.cast import CV, signed_in
from tests.gateways.sink import mail_server, mailers


@pytest.fixture
def sink():
    with mail_server() as running:
        yield running


def say(cast, conversation, text="Good morning", **more) -> Message:
    with cast.inside():
        message = conversation.reply(text, by=cast.jana, **more)
    with cast.inside():
        message.refresh_from_db()
    return message


def attempt_of(cast, message) -> Attempt:
    with cast.inside():
        return Attempt.objects.filter(message=message).latest("pk")


def make_due(cast, message, **facts) -> None:
    with cast.inside():
        Attempt.objects.filter(message=message).update(due_at=timezone.now() - timedelta(seconds=1), **facts)


def to_lucie(sink) -> list:
    """What went to the candidate; members are told things by mail too."""
    return [mail for mail in sink.mails if "lucie@mail.example" in mail["To"]]


def test_a_reply_becomes_a_mail_in_the_candidates_language(cast, lead, sink):
    message = say(cast, lead, "Dobrý den, Lucie")
    assert message.delivery_state == "sent"
    (mail,) = sink.mails
    assert mail["To"].addresses[0].addr_spec == "lucie@mail.example"
    assert mail["From"].addresses[0].display_name == "Jana Dvořáková, Northwind Talent"
    assert mail["Content-Language"] == "cs"
    text, html = (mail.get_body((kind,)).get_content() for kind in ("plain", "html"))
    for form in (text, html):
        assert "Dobrý den, Lucie" in form
        assert "/c/" in form
        assert "/stop/" in form
    assert 'style="' in html
    assert mail["Reply-To"].addresses[0].addr_spec.startswith("reply+")
    assert sink.envelopes[0].mail_from == mail["Reply-To"].addresses[0].addr_spec


def test_mails_of_a_conversation_are_one_thread_for_mail_programs(cast, lead, sink):
    say(cast, lead, "One")
    say(cast, lead, "Two")
    first, second = sink.mails
    assert second["In-Reply-To"] == first["Message-ID"]
    assert first["Message-ID"] in second["References"]
    assert first["Subject"] == second["Subject"]


def test_files_go_with_it(cast, lead, sink):
    say(cast, lead, "See the attachment", files=[CV])
    (attached,) = sink.mails[0].iter_attachments()
    assert attached.get_filename() == CV.name
    assert attached.get_content() == CV.content


def test_what_is_too_large_for_a_mail_is_fetched_by_a_link(cast, lead, sink, monkeypatch):
    monkeypatch.setattr("gateways.email.compose.MOST_ATTACHED", 2 * len(CV.content))
    files = [Upload("one.pdf", CV.content), Upload("big.pdf", CV.content * 3), Upload("two.pdf", CV.content)]
    say(cast, lead, "See the attachments", files=files)
    (mail,) = to_lucie(sink)
    assert [part.get_filename() for part in mail.iter_attachments()] == ["one.pdf", "two.pdf"]
    for kind in ("plain", "html"):
        (path,) = re.findall(r"http://[^/]+(/c/[a-z2-7]{26}/files/\S+/big\.pdf)", mail.get_body((kind,)).get_content())
        assert Client().get(path).getvalue() == CV.content * 3


def test_what_is_said_automatically_says_so_and_what_a_member_says_does_not(cast, lead, sink):
    with cast.inside():
        lead.say_automatically("Nobody is here now.")
    say(cast, lead)
    assert [mail["Auto-Submitted"] for mail in to_lucie(sink)] == ["auto-replied", None]


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("no-end.txt", b"a text without a last line end"),
        ("lines.csv", "Žluťoučký;1\r\nkůň\r;2\n\n".encode()),
        ("windows.txt", "Příliš".encode("cp1250")),
        ("mail.eml", b"From: a@b.example\r\nSubject: x\r\n\r\nHello \xe9\r\n"),
        ("page.xml", '<?xml version="1.0"?>\r\n<č/>\r\n'.encode()),
        ("when.ics", b"BEGIN:VCALENDAR\r\nVERSION:2.0\r\nEND:VCALENDAR\r\n"),
        ("\u202e" + "Ž" * 250 + "\r\nBcc: x@y.example\r\n\x07.pdf", b"%PDF-1.4\r\n"),
    ],
)
def test_files_arrive_byte_for_byte_whatever_they_are_called(cast, lead, sink, name, content):
    say(cast, lead, "See the attachment", files=[Upload(name, content)])
    (mail,) = sink.mails
    with cast.inside():
        sent_mail = compose(Attempt.objects.with_message().get())
    (attached,) = mail.iter_attachments()
    assert attached.get_payload(decode=True) == content
    by_provider = Attachment(sent_mail.attachments[0]).content
    assert (by_provider.encode() if isinstance(by_provider, str) else by_provider) == content
    assert attached.get_filename().startswith(name.strip("\u202e").partition("\r")[0])
    assert not mail["Bcc"]


def test_a_temporary_refusal_is_tried_again_later(cast, lead, sink):
    sink.answers = ["451 busy"]
    message = say(cast, lead)
    assert (message.delivery_state, message.delivery_reason) == ("queued", "451 busy")
    assert "email, waits to be sent again" in signed_in(cast.jana).get(f"/conversations/{lead.pk}/").text
    assert attempt_of(cast, message).due_at > timezone.now()
    sweep_outbox()
    assert sink.mails == []
    make_due(cast, message)
    sweep_outbox()
    assert len(sink.mails) == 1
    assert attempt_of(cast, message).tries == 2


def test_pauses_grow_and_end(cast, lead, sink):
    sink.answers = ["451 busy"] * 20
    message = say(cast, lead)
    waits = []
    while attempt_of(cast, message).state == "queued":
        waits.append(attempt_of(cast, message).due_at - timezone.now())
        make_due(cast, message)
        sweep_outbox()
    assert waits == sorted(waits)
    assert len(waits) == len(outbox.PAUSES)


@pytest.mark.parametrize("waits", ["again", "to be taken back"])
def test_what_waits_to_be_sent_goes_though_the_candidate_opens_the_link_of_an_earlier_mail(cast, lead, sink, waits):
    """It stood as opened, and never left."""
    say(cast, lead, "One")
    sink.answers = ["451 busy"] if waits == "again" else []
    second = say(cast, lead, "Two", hold=timedelta(seconds=0 if waits == "again" else 60))
    with cast.inside():
        link = ReplyKey.of(lead, ReplyKey.Use.LINK)
    opens = {"User-Agent": "Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0"}
    assert Client().post(f"/c/{link.token}/opened/", headers=opens).status_code == 204
    with cast.inside():
        assert Event.objects.get(kind="mail_opened").data["message"] != str(second.pk)
    make_due(cast, second)
    sweep_outbox()
    assert len(to_lucie(sink)) == 2
    assert attempt_of(cast, second).state == "sent"


def test_a_server_that_is_away_is_a_temporary_failure(cast, lead):
    with override_settings(MAILERS=mailers(1)):
        message = say(cast, lead)
    assert message.delivery_state == "queued"
    assert "refused" in message.delivery_reason


def test_a_permanent_refusal_is_loud_and_can_be_tried_again_by_hand(cast, lead, sink, caplog):
    sink.answers = ["550 no such user"]
    message = say(cast, lead)
    assert (message.delivery_state, message.delivery_reason) == ("failed", "550 no such user")
    with cast.inside():
        failed = Event.objects.get(kind="mail_failed")
        assert failed.data["message"] == str(message.pk)
    address = f"/messages/{message.pk}/retry/"
    page = signed_in(cast.jana).get(f"/conversations/{lead.pk}/").text
    assert "failed: 550 no such user" in page
    assert f'hx-post="{address}"' in page
    assert "last message not delivered" in page
    assert "Not delivered:" in signed_in(cast.jana).get("/inbox/mine/").text
    assert signed_in(cast.jana).get(address).status_code == 405
    assert signed_in(cast.eva).post(address).status_code == 404
    assert signed_in(cast.guest).post(address).status_code == 404
    assert signed_in(cast.jana).post(address).status_code == 302
    assert signed_in(cast.jana).post(address).status_code == 302
    assert len(to_lucie(sink)) == 1
    with cast.inside():
        message.refresh_from_db()
        assert message.delivery_state == "sent"
        assert message.attempts.count() == 2
    assert address not in signed_in(cast.jana).get(f"/conversations/{lead.pk}/").text
    assert "Not delivered:" not in signed_in(cast.jana).get("/inbox/mine/").text
    assert "on_commit" not in caplog.text


def test_a_stranger_cannot_retry(cast, lead, stranger, sink):
    sink.answers = ["550 no such user"]
    message = say(cast, lead)
    assert signed_in(stranger.member).post(f"/messages/{message.pk}/retry/").status_code == 404


def test_two_workers_send_one_mail(cast, lead, sink, monkeypatch):
    monkeypatch.setattr(outbox, "nudge", lambda *facts: None)
    message = say(cast, lead)
    attempt, sink.pause_seconds = attempt_of(cast, message), 0.3

    def work() -> None:
        outbox.send(cast.organization.pk, str(attempt.pk))
        connections.close_all()

    workers = [threading.Thread(target=work) for _ in range(4)]
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join()
    assert len(sink.mails) == 1
    assert attempt_of(cast, message).tries == 1


def test_what_a_dead_worker_claimed_is_sent_when_its_time_is_over(cast, lead, sink, monkeypatch):
    monkeypatch.setattr(outbox, "nudge", lambda *facts: None)
    message = say(cast, lead)
    make_due(cast, message, claimed_at=timezone.now())
    sweep_outbox()
    assert sink.mails == []
    make_due(cast, message, claimed_at=timezone.now() - outbox.LEASE - timedelta(seconds=1))
    sweep_outbox()
    assert len(sink.mails) == 1


@contextmanager
def no_broker(monkeypatch):
    monkeypatch.setattr(Nudge, "silent_until", 0.0)
    monkeypatch.setattr(Nudge, "thread", None)
    before = app.conf.broker_url, app.conf.task_always_eager
    app.conf.update(broker_url="redis://127.0.0.1:1/0", task_always_eager=False)
    try:
        yield
    finally:
        app.conf.update(broker_url=before[0], task_always_eager=before[1])
        monkeypatch.setattr(Nudge, "silent_until", 0.0)


def test_a_dead_broker_loses_nothing_and_holds_up_nobody(cast, lead, sink, monkeypatch):
    began = time.monotonic()
    with no_broker(monkeypatch):
        message = say(cast, lead)
    assert time.monotonic() - began < 2
    assert message.delivery_state == "queued"
    sweep_outbox()
    assert len(sink.mails) == 1


def test_a_web_process_answers_while_the_broker_says_nothing(cast, lead, sink, monkeypatch):
    broker_says = threading.Event()
    with no_broker(monkeypatch):
        all_nudged = nudge_from_a_thread()
        Nudge.thread.submit(broker_says.wait)
        message = say(cast, lead)
        broker_says.set()
        all_nudged()
    assert message.delivery_state == "queued"
    sweep_outbox()
    assert len(sink.mails) == 1


def test_who_wrote_stop_meanwhile_gets_no_more(cast, lead, sink, monkeypatch):
    monkeypatch.setattr(outbox, "nudge", lambda *facts: None)
    message = say(cast, lead)
    with cast.inside():
        lead.receive("Stop.", via="web")
    sweep_outbox()
    assert to_lucie(sink) == []
    with cast.inside():
        message.refresh_from_db()
    assert message.delivery_state == "failed"


def ids_of(sink) -> list[str]:
    return [mail["Message-ID"] for mail in to_lucie(sink)]


def test_a_server_that_hangs_or_cuts_the_line_gets_it_again_under_the_same_id(cast, lead, sink):
    sink.answers = ["drop"]
    message = say(cast, lead)
    assert message.delivery_state == "queued"
    make_due(cast, message)
    sweep_outbox()
    assert len(ids_of(sink)) == 2
    assert len(set(ids_of(sink))) == 1
    sink.pause_seconds = 0.6
    with override_settings(MAILERS=mailers(sink.port, timeout=0.2)):
        second = say(cast, lead, "Are you there?")
    assert (second.delivery_state, "timed out" in second.delivery_reason) == ("queued", True)
    sink.pause_seconds = 0
    make_due(cast, second)
    sweep_outbox()
    with cast.inside():
        second.refresh_from_db()
    assert second.delivery_state == "sent"


def test_a_scanner_that_is_quicker_than_our_commit_hides_no_bounce(cast, sink, monkeypatch):
    monkeypatch.setattr(outbox, "nudge", lambda *facts: None)
    message, send = say(cast, cast.apply()), outbox.email.send
    attempt = attempt_of(cast, message)

    def send_to_a_scanner(prepared):
        receipt = send(prepared)
        with cast.inside():
            reports.opened(attempt, at=timezone.now())
        return receipt

    monkeypatch.setattr(outbox.email, "send", send_to_a_scanner)
    outbox.send(cast.organization.pk, str(attempt.pk))
    attempt = attempt_of(cast, message)
    assert attempt.state == "opened"
    assert attempt.sent_at
    assert f"<{attempt.provider_id}>" == sink.mails[0]["Message-ID"].strip()


def test_a_worker_that_dies_after_the_server_has_taken_it_leads_at_worst_to_a_copy(cast, lead, sink, monkeypatch):
    monkeypatch.setattr(outbox, "nudge", lambda *facts: None)
    message = say(cast, lead)

    def die(*facts, **outcome):
        raise SystemExit

    attempt = attempt_of(cast, message)
    with monkeypatch.context() as dying:
        dying.setattr(outbox, "_record", die)
        with pytest.raises(SystemExit):
            outbox.send(cast.organization.pk, str(attempt.pk))
    make_due(cast, message, claimed_at=timezone.now() - outbox.LEASE - timedelta(seconds=1))
    sweep_outbox()
    assert len(ids_of(sink)) == 2
    assert len(set(ids_of(sink))) == 1
    assert attempt_of(cast, message).state == "sent"
