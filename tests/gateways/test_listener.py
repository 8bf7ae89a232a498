import os
import smtplib
import ssl
import sys
from io import BytesIO, TextIOWrapper

import pytest
from django.conf import settings
from django.core.management import CommandError, call_command
from django.db import DatabaseError

from conversations.applying import apply
from gateways.email import listener
from gateways.management.commands import ingest
from gateways.models import Arrival
from people.finding import Applicant
from tests.certificates import self_signed
from tests.gateways.letters import letter, reply_address
from tests.gateways.sink import running


@pytest.fixture
def server(cast):
    with (
        running(lambda: listener.listen("127.0.0.1", 0)) as port,
        smtplib.SMTP("127.0.0.1", port, timeout=10) as client,
    ):
        client.ehlo()
        yield client


def arrivals(cast) -> list[Arrival]:
    with cast.inside():
        return list(Arrival.objects.all())


def test_a_mail_is_stored_and_understood(cast, lead, server):
    server.send_message(letter("By SMTP"), to_addrs=[reply_address(cast, lead)])
    (arrival,) = arrivals(cast)
    assert (arrival.state, arrival.via) == ("understood", "smtp")


def test_it_announces_size_and_utf8(server):
    assert server.esmtp_features["size"] == str(settings.MAIL_SIZE_LIMIT)
    assert "smtputf8" in server.esmtp_features


def test_an_unknown_address_is_refused_at_once(cast, server):
    server.mail("lucie@mail.example")
    assert server.rcpt("reply+aaaaaaaaaaaaaaaaaaaaaaaaaa@inbound.localhost")[0] == 550
    assert server.rcpt("somebody@elsewhere.example")[0] == 550


def test_a_mail_never_belongs_to_two_organizations(cast, stranger, lead, server):
    with stranger.inside():
        theirs = apply(stranger.campaign, Applicant("Olena", "olena@mail.example"), text="Hello").conversation
    mine, others = reply_address(cast, lead), reply_address(stranger, theirs)
    server.mail("lucie@mail.example")
    assert [server.rcpt(to)[0] for to in (mine, others, mine)] == [250, 452, 250]
    server.rset()
    server.mail("lucie@mail.example")
    assert server.rcpt(others)[0] == 250


def test_of_too_many_recipients_the_rest_is_to_come_later(cast, lead, server):
    address = reply_address(cast, lead)
    server.mail("lucie@mail.example")
    assert {server.rcpt(address)[0] for _ in range(listener.MOST_RECIPIENTS)} == {250}
    assert server.rcpt(address)[0] == 452


def test_bounces_come_from_nobody(cast, lead, server):
    server.mail("")
    assert server.rcpt(reply_address(cast, lead))[0] == 250
    assert server.data(b"Subject: Undelivered\r\n\r\nSorry.\r\n")[0] == 250
    assert arrivals(cast)[0].envelope_from == ""


@pytest.mark.parametrize("end", [b"\n.\n", b"\r\n.\n", b"\n.\r\n", b"\r.\r", b"\r\n.\r", b"\r\n\x00.\r\n"])
def test_no_second_mail_is_smuggled_in_the_first(cast, server, end):
    to = reply_address(cast, cast.apply()).encode()
    begun = b"MAIL FROM:<lucie@mail.example>\r\nRCPT TO:<%s>\r\nDATA\r\n" % to
    for line in begun.splitlines():
        server.docmd(line.decode())
    server.send(b"From: lucie@mail.example\r\n\r\nOne" + end + begun + b"From: evil@mail.example\r\n\r\nTwo\r\n.\r\n")
    assert server.getreply()[0] == 250
    assert server.noop()[0] == 250
    assert [arrival.sender for arrival in arrivals(cast)] == ["lucie@mail.example"]


@pytest.mark.parametrize(
    "written", [str.upper, lambda to: f"@relay.example:{to}", lambda to: f'"{to}"'.replace("@", '"@', 1)[:-1]]
)
def test_a_reply_address_is_known_however_it_is_written(cast, lead, server, written):
    server.mail("lucie@mail.example")
    assert server.docmd("RCPT", f"TO:<{written(reply_address(cast, lead))}>")[0] == 250


def test_a_mail_above_the_limit_is_refused(cast, lead, server):
    address = reply_address(cast, lead)
    server.mail("lucie@mail.example")
    server.rcpt(address)
    body = b"From: lucie@mail.example\r\n\r\n" + (b"x" * 998 + b"\r\n") * (settings.MAIL_SIZE_LIMIT // 1000 + 10)
    assert server.data(body)[0] == 552
    assert arrivals(cast) == []
    assert server.mail("lucie@mail.example", [f"SIZE={settings.MAIL_SIZE_LIMIT + 1}"])[0] == 552


@pytest.mark.parametrize("length", [5_000, 2_000_000])
def test_raw_bytes_and_long_lines_are_taken(cast, server, length):
    address = reply_address(cast, cast.apply())
    server.mail("lucie@mail.example")
    server.rcpt(address)
    raw = b"From: lucie@mail.example\r\nX-Long: " + b"z" * length + b"\r\n\r\n\xff\xfe\x80 " + b"a" * length
    assert server.data(raw + b"\r\n")[0] == 250
    (arrival,) = arrivals(cast)
    assert arrival.sender == "lucie@mail.example"


def test_a_line_above_the_limit_is_refused_for_good_and_one_of_nobodys_at_once(cast, server, settings):
    server.mail("lucie@mail.example")
    server.rcpt(reply_address(cast, cast.apply()))
    assert server.data(b"z" * (settings.MAIL_SIZE_LIMIT + 10))[0] in (500, 552)
    assert arrivals(cast) == []
    assert server.docmd("NOOP", "z" * 2 * listener.MOST_WAITING) == (500, b"Command line too long")


def test_starttls_is_offered_with_a_certificate(cast, settings, tmp_path):
    settings.MAIL_CERTIFICATE, settings.MAIL_CERTIFICATE_KEY = map(str, self_signed(tmp_path))
    trusted = ssl.create_default_context(cafile=settings.MAIL_CERTIFICATE)
    address = reply_address(cast, cast.apply())
    with (
        running(lambda: listener.listen("127.0.0.1", 0)) as port,
        smtplib.SMTP("localhost", port, timeout=10) as client,
    ):
        assert client.starttls(context=trusted)[0] == 220
        client.send_message(letter("Nobody reads along"), to_addrs=[address])
    assert len(arrivals(cast)) == 1


def test_without_a_database_the_sender_is_asked_to_come_again(cast, lead, server, monkeypatch):
    address = reply_address(cast, lead)

    def away(*arguments, **named):
        raise DatabaseError("away")

    server.mail("lucie@mail.example")
    with monkeypatch.context() as patched:
        patched.setattr(listener, "organization_of", away)
        assert server.rcpt(address)[0] == 451
    assert server.rcpt(address)[0] == 250
    monkeypatch.setattr(listener, "store", away)
    assert server.data(letter().as_bytes())[0] == 451


def pipe(monkeypatch, raw: bytes, to: str) -> None:
    monkeypatch.setattr(sys, "stdin", TextIOWrapper(BytesIO(raw)))
    call_command("ingest", "--to", to)


def test_a_mail_server_pipes_it_in(cast, lead, monkeypatch):
    pipe(monkeypatch, letter("Piped").as_bytes(), reply_address(cast, lead))
    with pytest.raises(CommandError) as refused:
        pipe(monkeypatch, b"x", "nobody@inbound.localhost")
    assert refused.value.returncode == os.EX_NOUSER
    assert [arrival.via for arrival in arrivals(cast)] == ["pipe"]


def test_a_pipe_without_a_database_is_to_come_again(cast, monkeypatch):
    def away(*arguments, **named):
        raise DatabaseError("away")

    monkeypatch.setattr(ingest, "ingest", away)
    with pytest.raises(CommandError) as refused:
        pipe(monkeypatch, b"x", "jobs@northwind.example")
    assert refused.value.returncode == os.EX_TEMPFAIL
