"""Mailboxes on servers that refuse, are no mail servers, or nobody vouches for."""

import socket
import ssl
from email.policy import SMTP
from threading import Event

import pytest
from django.core import mail as sent_mail

from accounts.secret_links import hash_of
from conversations.models import ReplyKey
from gateways.email import imap, watching
from gateways.email.identity import token_in
from gateways.email.watching import Watcher
from gateways.models import Arrival, ChannelAccount, Mailbox, Taken
from people.models import Person
from tests.cast import signed_in
from tests.certificates import self_signed
from tests.gateways.letters import letter, reply_address
from tests.serving import answering

TALK = {
    b"CAPABILITY": b"* CAPABILITY IMAP4rev1\r\n",
    b"STATUS": b'* STATUS "INBOX" (UIDVALIDITY 7)\r\n',
    b"LOGOUT": b"* BYE for now\r\n",
}


@pytest.fixture
def mailbox(cast) -> Mailbox:
    with cast.inside():
        account = ChannelAccount.objects.create(
            name="Jobs", address="jobs@northwind.example", campaign=cast.campaign, workspace=cast.campaign.workspace
        )
        made = Mailbox(account=account, host="localhost", port=1, encryption="none", username="jobs")
        made.password = "s3cret"
        made.save()
        return made


class Server:
    """What a mailbox of so many mails answers; `refused` are the numbers of those that it doesn't give."""

    def __init__(self, *mails: bytes, sizes: dict[int, int] | None = None) -> None:
        self.mails, self.sizes = dict(enumerate(mails, 1)), sizes or {}
        self.refused: set[int] = set()
        self.client = self.folder = self
        self.validity = 7

    def status(self, *_arguments) -> dict[str, int]:
        return {"UIDVALIDITY": self.validity}

    def uids(self, *_arguments) -> list[str]:
        return [str(uid) for uid in self.mails]

    def uid(self, _command: str, uid: str, what: str) -> tuple[str, list]:
        raw = self.mails[int(uid)]
        if "SIZE" in what:
            return "OK", [f"1 (UID {uid} RFC822.SIZE {self.sizes.get(int(uid), len(raw))})".encode()]
        return ("NO", [None]) if int(uid) in self.refused else ("OK", [(b"1 (BODY[] {10}", raw), b")"])


def look(cast, server: Server) -> tuple[int, str]:
    """How many were taken, and what the admin sees then."""
    with cast.inside():
        box = Mailbox.objects.select_related("account").get()
    taken = imap.take_new(box, server)
    with cast.inside():
        return taken, Mailbox.objects.get().problem


def test_what_the_server_doesnt_give_is_asked_for_again_and_keeps_nothing_back(cast, mailbox):
    server = Server(*(letter(text, sender=f"{text}@mail.example").as_bytes() for text in ("one", "two", "three")))
    server.refused = {2}
    assert look(cast, server) == (2, "Mail 2 is not taken in: the server says NO.")
    with cast.inside():
        assert list(Taken.objects.values_list("uid", flat=True)) == [1, 3]
    server.refused = set()
    assert look(cast, server) == (1, "")
    assert look(cast, server) == (0, "")
    with cast.inside():
        assert Arrival.objects.count() == 3


def test_a_mailbox_that_was_numbered_anew_keeps_nothing_back(cast, mailbox):
    """What came before is known, and what comes now has a smaller number than the last."""
    one, two, three = (letter(text, sender=f"{text}@mail.example").as_bytes() for text in ("one", "two", "three"))
    assert look(cast, Server(one, two)) == (2, "")
    anew = Server(three, one)
    anew.validity = 8
    assert [look(cast, anew), look(cast, anew)] == [(1, ""), (0, "")]
    with cast.inside():
        assert Arrival.objects.count() == 3
        assert sorted(Taken.objects.values_list("uid_validity", "uid")) == [(7, 1), (7, 2), (8, 1), (8, 2)]


def test_one_that_is_too_large_is_told_until_it_is_gone(cast, mailbox):
    mails = [letter("My portfolio").as_bytes(), letter("Me", sender="eva@mail.example").as_bytes()]
    server = Server(*mails, sizes={1: 31_000_000})
    told = "Mail 1 is not taken in: it has 29 MB, from Lucie Němcová <lucie@mail.example>."
    assert [look(cast, server), look(cast, server)] == [(1, told), (0, told)]
    del server.mails[1]
    assert look(cast, server) == (0, "")


@pytest.mark.parametrize("how", ["deleted", "revoked"])
@pytest.mark.parametrize("header", ["To", "Delivered_To"])
def test_what_answers_to_a_dead_reply_address_revives_nobody(cast, mailbox, how, header):
    lead = cast.apply()
    address = reply_address(cast, lead)
    with cast.inside():
        if how == "deleted":
            lead.delete()
        else:
            ReplyKey.objects.get(token_hash=hash_of(token_in(address))).revoke()
        people = Person.objects.count()
    mail = letter("Do you remember me?", sender="Tom <tom@mail.example>", **({"to": address} if header == "To" else {}))
    if header != "To":
        mail["Delivered-To"] = address
    sent_mail.outbox.clear()
    look(cast, Server(mail.as_bytes()))
    with cast.inside():
        assert Arrival.objects.values_list("state", "refusal").get() == ("refused", "Forgotten")
        assert Person.objects.count() == people
    (answer,) = sent_mail.outbox
    assert (answer.to, "not kept any more" in answer.body) == (["tom@mail.example"], True)


def watched(cast, port: int, **fields) -> str:
    """What the admin sees once somebody has looked."""
    stopped = Event()
    stopped.set()
    with cast.inside():
        Mailbox.objects.update(port=port, claimed_by=None, problem="", **fields)
        mailbox = Mailbox.objects.get()
    Watcher(stopped).watch(cast.organization.pk, mailbox.pk)
    with cast.inside():
        return Mailbox.objects.get().problem


def test_no_password_goes_to_a_server_that_nobody_vouches_for(cast, mailbox, tmp_path):
    context, heard = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER), list[bytes]()
    context.load_cert_chain(*self_signed(tmp_path))

    def tls(caller: socket.socket) -> None:
        with context.wrap_socket(caller, server_side=True) as safe:
            safe.sendall(b"* OK hello\r\n")
            heard.append(safe.recv(1000))

    def starttls(caller: socket.socket) -> None:
        caller.sendall(b"* OK [CAPABILITY IMAP4rev1 STARTTLS] hello\r\n")
        for answer in (b"* CAPABILITY IMAP4rev1 STARTTLS\r\n%s OK done\r\n", b"%s OK go on\r\n"):
            caller.sendall(answer % caller.recv(1000).split()[0])
        tls(caller)

    for encryption, talk in (("tls", tls), ("starttls", starttls)):
        with answering(talk) as port:
            assert "CERTIFICATE_VERIFY_FAILED" in watched(cast, port, encryption=encryption)
    assert heard == []


def test_nothing_is_told_of_what_is_no_mail_server(cast, mailbox, settings):
    with answering(lambda caller: caller.sendall(b"SSH-2.0-OpenSSH_9.6 internal-host\r\n")) as port:
        assert watched(cast, port) == "This is not an IMAP server."
        settings.PRODUCTION = True
        assert watched(cast, port) == "localhost is not a public mail server."


def test_no_password_goes_through_the_open_network(cast, mailbox, monkeypatch, settings):
    settings.PRODUCTION = True
    monkeypatch.setattr("gateways.email.imap_server.check_outside", lambda host: None)
    heard: list[bytes] = []
    with answering(lambda caller: heard.append(caller.recv(1000))) as port:
        assert watched(cast, port) == "No password goes out without encryption."
    assert heard == []
    typed = {"host": "imap.example", "port": 143, "encryption": "none", "username": "jobs", "folder": "INBOX"}
    page = signed_in(cast.adam).post("/admin/gateways/mailbox/add/", typed | {"since": "2026-01-01"}).content.decode()
    assert "Its password would go through the open network." in page


def test_a_server_without_idle_is_looked_into_time_and_again(cast, mailbox, monkeypatch):
    monkeypatch.setattr(imap, "IDLE_SECONDS", 0.01)
    monkeypatch.setattr(watching, "PAUSE_SECONDS", 0)
    stopped, looks = Event(), list[bytes]()

    def talk(caller: socket.socket) -> None:
        caller.sendall(b"* OK hello\r\n")
        for line in caller.makefile("rb"):
            tag, command, *_rest = line.split()
            looks.extend([line] if b"SEARCH" in line else [])
            if len(looks) == 3:
                stopped.set()
            caller.sendall(TALK.get(command, b"") + tag + (b" BAD what\r\n" if command == b"IDLE" else b" OK done\r\n"))

    with answering(talk) as port:
        with cast.inside():
            Mailbox.objects.update(port=port)
        Watcher(stopped).watch(cast.organization.pk, mailbox.pk)
    with cast.inside():
        assert (Mailbox.objects.get().problem, len(looks)) == ("", 3)


RAW = letter("While it was away", sender="eva@mail.example").as_bytes(policy=SMTP)
FETCHED = {
    b"(RFC822.SIZE)": b"* 9 FETCH (FLAGS (\\Seen))\r\n* 1 FETCH (UID 4 RFC822.SIZE %d)\r\n" % len(RAW),
    b"(BODY.PEEK[])": b"* 9 FETCH (FLAGS ())\r\n* 1 FETCH (UID 4 BODY[] {%d}\r\n%s)\r\n" % (len(RAW), RAW),
}
IDLING = {b"CAPABILITY": b"* CAPABILITY IMAP4rev1 IDLE\r\n"}


def conversing(answers: dict[bytes, bytes], fetched: dict[bytes, bytes], *, until: bytes = b""):
    """A server that knows these commands, and cuts the line at one of them."""

    def talk(caller: socket.socket) -> None:
        caller.sendall(b"* OK hello\r\n")
        for line in caller.makefile("rb"):
            tag, *words = line.split()
            command = words[1] if words[0] == b"UID" else words[0]
            if command == until:
                return
            answer = fetched.get(words[3], b"") if command == b"FETCH" else (TALK | answers).get(command, b"")
            caller.sendall(answer + tag + b" OK done\r\n")

    return talk


def test_who_cuts_the_line_while_we_wait_or_fetch_is_asked_again(cast, mailbox, monkeypatch):
    found = IDLING | {b"SEARCH": b"* SEARCH 4\r\n"}
    for answers, cut in ((IDLING, b"IDLE"), (found, b"FETCH"), (found, b"STATUS")):
        with answering(conversing(answers, FETCHED, until=cut)) as port:
            assert watching_on(cast, port, monkeypatch)
    with answering(conversing(found, FETCHED, until=b"IDLE")) as port:
        watching_on(cast, port, monkeypatch)
    with cast.inside():
        assert Arrival.objects.get().sender == "eva@mail.example"


@pytest.mark.parametrize("gone", [b"", b"* 1 FETCH (UID 4)\r\n", b"* 1 EXPUNGE\r\n"])
def test_a_mail_that_disappears_between_two_questions_is_left(cast, mailbox, monkeypatch, gone):
    found = IDLING | {b"SEARCH": b"* SEARCH 4\r\n"}
    with answering(conversing(found, {b"(RFC822.SIZE)": gone}, until=b"IDLE")) as port:
        watching_on(cast, port, monkeypatch)
    with cast.inside():
        assert (Arrival.objects.count(), Mailbox.objects.get().last_uid) == (0, 4)


def test_a_size_that_is_told_after_something_else_counts(cast, mailbox, monkeypatch, settings):
    settings.MAIL_SIZE_LIMIT = len(RAW) - 1
    found = {b"SEARCH": b"* SEARCH 4\r\n"}
    with answering(conversing(found, FETCHED)) as port:
        assert "Mail 4 is not taken in" in watching_on(cast, port, monkeypatch)


@pytest.mark.parametrize(
    "status", [b"", b'* STATUS "INBOX" (MESSAGES 1)\r\n', b"* STATUS\r\n", b'* STATUS "INBOX" ((\r\n']
)
def test_a_server_that_doesnt_number_its_mails_is_told_to_the_admin(cast, mailbox, monkeypatch, status):
    with answering(conversing({b"STATUS": status}, {})) as port:
        assert watching_on(cast, port, monkeypatch)


def watching_on(cast, port: int, monkeypatch) -> str:
    """Until it has looked once, or could not; what the admin sees then."""
    monkeypatch.setattr(watching, "PAUSE_SECONDS", 0)
    stopped = Event()
    monkeypatch.setattr(Watcher, "_wait", lambda self, server: stopped.set())
    with cast.inside():
        Mailbox.objects.update(port=port, claimed_by=None, problem="")
        mailbox = Mailbox.objects.get()
    Watcher(stopped).watch(cast.organization.pk, mailbox.pk)
    with cast.inside():
        return Mailbox.objects.get().problem
