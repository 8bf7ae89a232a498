"""Mails while workers are killed, tasks are lost and PostgreSQL restarts: each is in its thread, once.

A scaled-down trial: some dozens of mails where an installation would have thousands.
"""

import os
import signal
import smtplib
import time
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from random import Random

import pytest
from django.core.cache import cache
from django.db import connections

from conversations.models import Conversation, Message
from gateways import inbox
from gateways.email import listener
from gateways.email.ingest import ingest
from gateways.models import Arrival
from gateways.tasks import sweep_arrivals, understand_arrivals
from tests.faults.test_database_away import break_connections, until_somebody_waits
from tests.gateways.letters import letter, reply_address
from tests.gateways.sink import running

PEOPLE, EACH, SENDERS = 6, 4, 4


@pytest.fixture(autouse=True)
def whole_again(db, monkeypatch):
    monkeypatch.setattr(inbox, "GRACE", timedelta(0))
    yield
    cache.clear()  # of calls that were lost
    connections.close_all()


def swept() -> None:
    """As often as beat would, until nothing is left."""
    for _ in range(6):
        sweep_arrivals()


def test_a_worker_killed_between_accept_and_commit(cast, monkeypatch):
    """Kill -9: nothing of its half-done work stays, and the sweeper has another do it."""
    conversation = cast.apply()
    monkeypatch.setattr(understand_arrivals, "delay", lambda **facts: None)
    arrival = ingest(
        letter("Just then").as_bytes(), envelope_to=reply_address(cast, conversation), envelope_from="", via="smtp"
    )
    with cast.inside():
        Conversation.objects.select_for_update().get(pk=conversation.pk)  # so that the worker stands half way
        worker = os.fork()
        if worker == 0:
            _as_worker(cast.organization.pk, str(arrival.pk))
        until_somebody_waits()
        os.kill(worker, signal.SIGKILL)
        os.waitpid(worker, 0)
    swept()
    with cast.inside():
        assert Arrival.objects.get().state == "understood"
        assert Message.objects.filter(text="Just then").count() == 1


def _as_worker(organization_id: int, arrival_id: str) -> None:
    """A process of its own, with a connection of its own: the parent's is left alone."""
    try:
        for each in connections.all():
            each.inc_thread_sharing()
            each.connection, each.in_atomic_block, each.savepoint_ids = None, False, []
            each.atomic_blocks, each.run_on_commit, each.needs_rollback = [], [], False
            vars(each).pop("entered_organization", None)
        inbox.understand(organization_id, arrival_id)
    finally:
        os._exit(0)


def test_lost_tasks_copies_by_four_senders_and_a_restart(cast, monkeypatch):
    random = Random(3)
    conversations = [cast.apply(f"Person {n}", f"person-{n}@mail.example") for n in range(PEOPLE)]
    mails = [
        (reply_address(cast, each), letter(f"Mail {k} of {n}", sender=f"person-{n}@mail.example").as_bytes())
        for n, each in enumerate(conversations)
        for k in range(EACH)
    ]
    # Valkey was flushed: of the tasks only some are left.
    kept = understand_arrivals.delay
    monkeypatch.setattr(understand_arrivals, "delay", lambda **facts: random.random() < 0.5 and kept(**facts))
    copies = [mail for mail in mails for _ in range(random.randint(2, 5))]
    random.shuffle(copies)
    with running(lambda: listener.listen("127.0.0.1", 0)) as port, ThreadPoolExecutor(SENDERS + 1) as threads:
        sending = [threads.submit(_send_all, copies[place::SENDERS], port) for place in range(SENDERS)]
        time.sleep(0.3)
        threads.submit(break_connections).result()
        for each in sending:
            each.result()
    connections.close_all()
    swept()
    with cast.inside():
        assert not Arrival.objects.exclude(state="understood").exists()
        for n, each in enumerate(conversations):
            said = sorted(each.messages.filter(channel="email").values_list("text", flat=True))
            assert said == [f"Mail {k} of {n}" for k in range(EACH)]


def _send_all(mails: list[tuple[str, bytes]], port: int) -> None:
    """As a mail server does: what wasn't taken is sent again."""
    for to, raw in mails:
        for _ in range(20):
            try:
                with smtplib.SMTP("127.0.0.1", port, timeout=20) as client:
                    client.sendmail("person@mail.example", [to], raw)
                break
            except (smtplib.SMTPException, OSError):
                time.sleep(0.1)
        else:
            raise AssertionError("not taken after twenty tries")
