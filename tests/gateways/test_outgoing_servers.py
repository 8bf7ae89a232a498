"""What a server that takes our mails may say at each step of RFC 5321, and what becomes of the mail."""

import socket
from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from django.test import override_settings

from gateways.models import Attempt
from tests.gateways.sink import mailers
from tests.serving import answering

USUAL = {
    "CONNECT": b"220 hello",
    "EHLO": b"250 hello",
    "HELO": b"250 hello",
    "MAIL": b"250 OK",
    "RCPT": b"250 OK",
    "DATA": b"354 go on",
    "END": b"250 OK",
    "RSET": b"250 OK",
    "QUIT": b"221 bye",
}
CUT = b""


@contextmanager
def saying(**odd: bytes) -> Iterator[int]:
    """A server that says these instead of what is usual; its port."""
    said = USUAL | odd

    def talk(caller: socket.socket) -> None:
        lines = caller.makefile("rb")
        caller.sendall(said["CONNECT"] + b"\r\n")
        while command := lines.readline()[:4].decode().upper():
            if not said[command]:
                return
            caller.sendall(said[command] + b"\r\n")
            if command == "DATA" and said["DATA"].startswith(b"354"):
                while lines.readline() not in (b".\r\n", b""):
                    pass
                if not said["END"]:
                    return
                caller.sendall(said["END"] + b"\r\n")

    with answering(talk) as port:
        yield port


def state_after(cast, lead, **odd: bytes) -> tuple[str, str]:
    with saying(**odd) as port, override_settings(MAILERS=mailers(port)):
        with cast.inside():
            lead.reply("Good morning", by=cast.jana)
        with cast.inside():
            attempt = Attempt.objects.get()
            return attempt.state, attempt.answer


def test_the_usual_talk(cast, lead):
    assert state_after(cast, lead) == ("sent", "accepted")


@pytest.mark.parametrize(
    ("step", "said"),
    [
        ("CONNECT", b"421 4.3.2 Closing"),
        ("CONNECT", b"554 5.3.2 No service here"),  # about us, and gone tomorrow
        ("HELO", b"421 4.7.0 Later"),
        ("HELO", b"550 5.7.1 Not you"),
        ("MAIL", b"451 4.7.1 Later"),
        ("MAIL", b"530 5.7.0 Authentication required"),  # about our login
        ("RCPT", b"450 4.2.0 Greylisted"),
        ("RCPT", b"421 4.7.0 Too many"),
        ("DATA", b"451 4.3.0 Later"),
        ("END", b"452 4.3.1 Full"),
        *((step, CUT) for step in ("EHLO", "MAIL", "RCPT", "DATA", "END")),
    ],
)
def test_what_is_tried_again(cast, lead, step, said):
    greeted_before = {"EHLO": b"500 Unknown"} if step == "HELO" else {}
    state, answer = state_after(cast, lead, **greeted_before, **{step: said})
    assert state == "queued"
    assert answer.startswith(said.decode())


@pytest.mark.parametrize(
    ("step", "said"),
    [
        ("MAIL", b"550 5.7.1 Not from you"),
        ("RCPT", b"550 5.1.1 No such user"),
        ("RCPT", b"553 5.1.3 Bad address"),
        ("DATA", b"554 5.5.1 No"),
        ("END", b"554 5.7.1 Spam"),
    ],
)
def test_what_is_final(cast, lead, step, said):
    assert state_after(cast, lead, **{step: said}) == ("failed", said.decode())
