"""A real mail server that takes, refuses or stalls what it is given."""

import asyncio
import logging
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from email import message_from_bytes, policy
from email.message import EmailMessage

from aiosmtpd.smtp import SMTP, Envelope, Session
from django.test import override_settings

logging.getLogger("mail.log").setLevel(logging.WARNING)  # aiosmtpd tells every line
LONGER_THAN_ANYBODY_WAITS = 60


@dataclass
class Sink:
    mails: list[EmailMessage] = field(default_factory=list)
    envelopes: list[Envelope] = field(default_factory=list)
    answers: list[str] = field(default_factory=list)
    pause_seconds: float = 0.0
    port: int = 0

    async def handle_DATA(self, server: SMTP, session: Session, envelope: Envelope) -> str:  # noqa: N802
        await asyncio.sleep(self.pause_seconds)
        answer = self.answers.pop(0) if self.answers else "250 OK"
        if answer == "hang":
            await asyncio.sleep(LONGER_THAN_ANYBODY_WAITS)
        if answer.startswith("250") or answer == "drop":
            self.envelopes.append(envelope)
            self.mails.append(message_from_bytes(envelope.content, policy=policy.default))
        if answer == "drop":  # taken, and then the line is cut before it says so
            server.transport.abort()
        return answer


@contextmanager
def running(start) -> Iterator[int]:
    """A server of asyncio in a thread of its own; the port it got."""
    loop, ready, found = asyncio.new_event_loop(), threading.Event(), []

    async def begin() -> None:
        server = await start()
        found.append(server.sockets[0].getsockname()[1])
        ready.set()

    def run() -> None:
        asyncio.set_event_loop(loop)
        loop.run_until_complete(begin())
        loop.run_forever()

    thread = threading.Thread(target=run, daemon=True)
    thread.start()
    ready.wait(10)
    try:
        yield found[0]
    finally:
        loop.call_soon_threadsafe(loop.stop)
        thread.join(10)


@contextmanager
def mail_server() -> Iterator[Sink]:
    sink = Sink()

    async def start() -> asyncio.Server:
        return await asyncio.get_running_loop().create_server(lambda: SMTP(sink, enable_SMTPUTF8=True), "127.0.0.1", 0)

    with running(start) as port:
        sink.port = port
        with override_settings(MAILERS=mailers(port)):
            yield sink


def mailers(port: int, timeout: float = 5) -> dict:
    options = {"host": "127.0.0.1", "port": port, "timeout": timeout}
    return {"default": {"BACKEND": "django.core.mail.backends.smtp.EmailBackend", "OPTIONS": options}}
