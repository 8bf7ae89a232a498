"""A thousand mails come in, many times each, while everything breaks, and answers go out through a server that fails in
every way: each mail is in its thread once, each answer has left.
"""

import smtplib
import tempfile
import time
from collections import deque
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager, suppress
from pathlib import Path
from random import Random

import pytest
from django.db import connections
from django.utils import timezone

from conversations.applying import apply
from conversations.models import Conversation, Message
from conversations.signals import quietly
from gateways import outbox
from gateways.email.identity import mail_id
from gateways.models import Arrival, Attempt
from people.finding import Applicant
from recruitchat import tasks
from recruitchat.local_services.postgres import Postgres
from tests.faults.installation import Installation
from tests.faults.test_database_away import until_somebody_waits
from tests.gateways.letters import letter, reply_address
from tests.gateways.sink import Sink, mail_server
from tests.local_services.test_run import free_port

PEOPLE, EACH, ANSWERS, SENDERS = 125, 8, 2, 4
REFUSED = ["451 4.7.1 Greylisted, come back later"] * 20 + ["421 4.3.2 Too busy"] * 10 + ["drop"] * 10 + ["hang"]
Mail = tuple[str, str, bytes]


@pytest.fixture
def server():
    with mail_server() as sink:
        sink.answers = REFUSED + ["250 OK"] * 4 * len(REFUSED)
        Random(5).shuffle(sink.answers)
        yield sink


@pytest.fixture
def installation(db, server):
    with tempfile.TemporaryDirectory(prefix="recruitchat-tests-", dir="/tmp") as folder:
        to = {
            "SMTP_HOST": "127.0.0.1",
            "SMTP_PORT": str(server.port),
            "MAIL_PORT": free_port(),
            "TAKE_BACK_SECONDS": "0",
        }
        installation = Installation(Path(folder), **to)
        yield installation
        installation.stop()


class Senders:
    """Mail servers, each with its share: what wasn't taken is sent again."""

    def __init__(self, mails: list[Mail], installation: Installation) -> None:
        self.mails, self.installation, self.taken = mails, installation, list[Mail]()
        self.port = int(installation.environment["MAIL_PORT"])
        self.given_up = False

    @contextmanager
    def sending(self) -> Iterator[None]:
        """All is taken at the end."""
        with ThreadPoolExecutor(SENDERS) as threads:
            shares = [deque(self.mails[place::SENDERS]) for place in range(SENDERS)]
            sending = [threads.submit(self._send, share) for share in shares]
            try:
                yield
                self.until(1)
            finally:
                self.given_up = True
        for each in sending:
            each.result()

    def until(self, share: float) -> None:
        while len(self.taken) < share * len(self.mails) and self.installation.is_well():
            time.sleep(0.05)

    def _send(self, mails: deque[Mail]) -> None:
        while mails and not self.given_up:
            with suppress(smtplib.SMTPException, OSError), smtplib.SMTP("127.0.0.1", self.port, timeout=30) as client:
                while mails and not self.given_up:
                    sender, to, raw = mails[0]
                    client.sendmail(sender, [to], raw)
                    self.taken.append(mails.popleft())
            time.sleep(0.1)


@pytest.mark.timeout(600)
def test_each_is_in_its_thread_once_and_each_answer_has_left(cast, installation, server, monkeypatch):
    random = Random(3)
    conversations = people(cast)
    mails = [mail for each in conversations for mail in letters_of(cast, each)]
    answers = answered(cast, conversations, monkeypatch)
    installation.start()
    with installation.entered():
        for attempt in answers:
            installation.nudge("gateways.tasks.send_attempt", organization_id=cast.organization.pk, attempt_id=attempt)
        copies = [mail for mail in mails for _ in range(random.choice((2, 2, 2, 3, 4, 5)))]
        random.shuffle(copies)
        senders = Senders(copies, installation)
        installation.run("manage.py", "listen_for_mail")
        worker = installation.work()
        with senders.sending():
            senders.until(0.05)
            kill_half_way(cast, conversations, installation, worker)
            senders.until(0.6)
            restart(installation.postgres)
            senders.until(0.9)
            assert waiting(cast) >= 1000
            installation.broker.flushall()
            installation.work()
        settle(cast, installation)
        each_is_in_its_thread_once(cast, conversations)
        each_answer_has_left(cast, server)


def people(cast) -> list[Conversation]:
    """Each is named as their address, so that it is at hand."""
    with cast.inside(), quietly():
        names = [f"person-{n}@mail.example" for n in range(PEOPLE)]
        return [apply(cast.campaign, Applicant(name, name), text="Hello").conversation for name in names]


def letters_of(cast, conversation: Conversation) -> list[Mail]:
    to, sender = reply_address(cast, conversation), conversation.person.name
    return [(sender, to, letter(f"Mail {k} of {sender}", sender=sender).as_bytes()) for k in range(EACH)]


def answered(cast, conversations: list[Conversation], monkeypatch) -> list[str]:
    """Written and not sent: what follows is for the installation's worker."""
    with monkeypatch.context() as lost:
        lost.setattr(outbox, "nudge", lambda *facts: None)
        lost.setattr(tasks.react, "delay", lambda **facts: None)
        for each in conversations:
            with cast.inside():
                for k in range(ANSWERS):
                    each.reply(f"Answer {k}", by=cast.jana)
    with cast.inside():
        return [str(pk) for pk in Attempt.objects.values_list("pk", flat=True)]


def kill_half_way(cast, conversations: list[Conversation], installation: Installation, worker) -> None:
    """Between the listener's acceptance and the worker's commit, for which it needs this row."""
    with cast.inside():
        Conversation.objects.select_for_update().get(pk=conversations[0].pk)
        until_somebody_waits()
        installation.kill(worker)


def restart(postgres: Postgres) -> None:
    postgres.stop()
    postgres.start()
    connections.close_all()


def waiting(cast) -> int:
    with cast.inside():
        return Arrival.objects.filter(state="stored").count() + Attempt.objects.filter(state="queued").count()


def settle(cast, installation: Installation) -> None:
    """Sweeps as beat does, whenever nothing is left to do, and lets pauses and dead workers' claims run out."""
    while waiting(cast) and installation.is_well():
        if installation.is_idle():
            with cast.inside():
                over = timezone.now() - outbox.LEASE
                Arrival.objects.filter(state="stored").update(due_at=timezone.now())
                Attempt.objects.filter(state="queued").update(due_at=timezone.now())
                Attempt.objects.filter(state="queued", claimed_at__isnull=False).update(claimed_at=over)
            installation.nudge("gateways.tasks.sweep_arrivals")
            installation.nudge("gateways.tasks.sweep_outbox")
        time.sleep(1)


def each_is_in_its_thread_once(cast, conversations: list[Conversation]) -> None:
    with cast.inside():
        assert Arrival.objects.filter(state="understood").count() == Arrival.objects.count() == PEOPLE * EACH
        for each in conversations:
            said = sorted(each.messages.filter(channel="email", kind="inbound").values_list("text", flat=True))
            assert said == [f"Mail {k} of {each.person.name}" for k in range(EACH)]


def each_answer_has_left(cast, server: Sink) -> None:
    left = {mail["Message-ID"].strip(" <>") for mail in server.mails}
    with cast.inside():
        answers = Message.objects.filter(kind="outbound")
        assert answers.count() == PEOPLE * ANSWERS
        assert {mail_id(answer.pk) for answer in answers} <= left
        assert set(answers.values_list("delivery_state", flat=True)) == {"sent"}
    assert not server.answers  # all that could go wrong did
