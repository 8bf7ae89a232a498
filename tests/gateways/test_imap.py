"""Mailboxes by IMAP, against a real Dovecot."""

import time
import warnings
from datetime import UTC, datetime
from pathlib import Path
from tempfile import TemporaryDirectory
from threading import Event, Thread

import pytest

from conversations.models import Conversation
from gateways.email import imap
from gateways.email.imap_server import opened
from gateways.email.watching import Watcher
from gateways.models import Arrival, ChannelAccount, Mailbox
from tests.gateways import dovecot
from tests.gateways.letters import letter, reply_address

if dovecot.PROGRAM is None:
    warnings.warn(
        "DOVECOT IS NOT INSTALLED: the tests of IMAP did not run (apt-get install dovecot-imapd)", stacklevel=1
    )
pytestmark = pytest.mark.skipif(dovecot.PROGRAM is None, reason="Dovecot is not installed")


@pytest.fixture(scope="module")
def server():
    with TemporaryDirectory(dir="/tmp") as folder, dovecot.running(Path(folder)) as running:
        yield running


@pytest.fixture
def mailbox(cast, server) -> Mailbox:
    with cast.inside():
        account = ChannelAccount.objects.create(
            name="Jobs", address="jobs@northwind.example", campaign=cast.campaign, workspace=cast.campaign.workspace
        )
        made = Mailbox(account=account, host="127.0.0.1", port=server.port, encryption="none", username="jobs")
        made.password = dovecot.PASSWORD
        made.save()
        return made


def look(cast, mailbox: Mailbox) -> int:
    with cast.inside():
        fresh = Mailbox.objects.select_related("account").get(pk=mailbox.pk)
    with opened(fresh) as box:
        return imap.take_new(fresh, box)


def test_each_mail_is_taken_once_whatever_becomes_of_it(cast, lead, server, mailbox):
    """Numbers, a new UIDVALIDITY, everything deleted since: nothing comes a second time, nor what lay there before."""
    token = reply_address(cast, lead)
    server.put(letter("I applied", sender="Karel <karel@mail.example>").as_bytes(), at=datetime(2019, 5, 1, tzinfo=UTC))
    server.put(letter("By IMAP", to=token).as_bytes())
    server.put(letter("I apply", sender="Tomáš <tomas@mail.example>").as_bytes())
    assert (look(cast, mailbox), look(cast, mailbox)) == (2, 0)
    with cast.inside():
        messages = {one.message.text: one.message.conversation for one in Arrival.objects.all()}
        assert messages["By IMAP"].person.name == "Lucie Němcová"
        assert messages["I apply"].person.name == "Tomáš"
        Arrival.objects.all().delete()
        Conversation.objects.filter(person__name="Tomáš").delete()
    server.forget_numbers()
    assert look(cast, mailbox) == 0
    with cast.inside():
        assert not Arrival.objects.exists()
        assert "a-password" not in Mailbox.objects.get().sealed_password


def test_idle_says_when_something_comes(cast, server, mailbox):
    stopped = Event()
    watcher = Watcher(stopped)
    thread = Thread(target=watcher.watch, args=(cast.organization.pk, mailbox.pk), daemon=True)
    thread.start()
    try:
        assert waited_for(cast, lambda: Mailbox.objects.filter(looked_at__isnull=False).exists())
        assert imap.claim(cast.organization.pk, mailbox.pk, imap.UUID(int=1)) is None
        server.put(letter("While it watched", sender="Eva <eva@mail.example>").as_bytes())
        assert waited_for(cast, lambda: Arrival.objects.filter(sender="eva@mail.example").exists())
    finally:
        stopped.set()
        thread.join(15)
    watcher._let_go()
    assert imap.claim(cast.organization.pk, mailbox.pk, imap.UUID(int=1))


def test_a_wrong_password_is_told_to_the_admin(cast, mailbox):
    with cast.inside():
        mailbox.password = "wrong"
        mailbox.save()
    stopped = Event()
    stopped.set()
    Watcher(stopped).watch(cast.organization.pk, mailbox.pk)
    with cast.inside():
        problem = Mailbox.objects.get().problem
    assert problem.startswith("The server doesn't take this user name with this password. ")
    assert "AUTHENTICATIONFAILED" in problem


def waited_for(cast, is_so) -> bool:
    for _ in range(100):
        with cast.inside():
            if is_so():
                return True
        time.sleep(0.1)
    return False
