"""The mail listener: SMTP in (RFC 5321), a stored Arrival out. It answers 250 only for what is stored."""

import asyncio
import ssl
import time
from concurrent.futures import ThreadPoolExecutor
from functools import wraps
from typing import Any

import structlog
from aiosmtpd.smtp import SMTP, Envelope, Session
from django.conf import settings
from django.db import DatabaseError, InterfaceError, OperationalError, connection

from gateways.email.ingest import organization_of, store

log = structlog.get_logger(__name__)
NO_SUCH_ADDRESS = "550 5.1.1 No such address here"
LATER = "451 4.3.0 Can't take mail now, please try again later"
MOST_RECIPIENTS = 50
THREADS = 4
MOST_WAITING = 64 * 1024  # bytes of a command that has no end yet


class Addressed(Envelope):
    """`organizations`: whose each address is that was taken."""

    def __init__(self) -> None:
        super().__init__()
        self.organizations: dict[str, int] = {}


class Listener(SMTP):
    """Takes lines of any length where a mail is expected (RFC 5321 allows 1,000 bytes, and mail programs exceed it);
    elsewhere nobody's."""

    line_length_limit = settings.MAIL_SIZE_LIMIT

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        super().connection_made(transport)
        self._expect(MOST_WAITING)

    @wraps(SMTP.smtp_DATA)
    async def smtp_DATA(self, arg: str) -> None:  # noqa: N802 - aiosmtpd calls it so
        self._expect(self.line_length_limit if self.envelope and self.envelope.rcpt_tos else MOST_WAITING)
        try:
            await super().smtp_DATA(arg)
        finally:
            self._expect(MOST_WAITING)

    def _expect(self, line_length: int) -> None:
        self._reader._limit = line_length  # type: ignore[attr-defined] # asyncio has no way to change it

    def _create_envelope(self) -> Envelope:
        return Addressed()


class Handler:
    """Asks the database in threads, so that one slow sender doesn't hold up the others."""

    def __init__(self) -> None:
        self.threads = ThreadPoolExecutor(THREADS, "mail")

    async def handle_RCPT(  # noqa: N802 - aiosmtpd calls it so
        self, server: SMTP, session: Session, envelope: Addressed, address: str, options: list[str]
    ) -> str:
        if len(envelope.rcpt_tos) >= MOST_RECIPIENTS:
            return "452 4.5.3 Too many recipients"
        try:
            found = await self._in_thread(organization_of, address)
        except (DatabaseError, InterfaceError):
            return LATER
        if not found:
            return NO_SUCH_ADDRESS
        envelope.rcpt_tos.append(address)
        envelope.organizations[address] = found
        return "250 2.1.5 OK"

    async def handle_DATA(self, server: SMTP, session: Session, envelope: Addressed) -> str:  # noqa: N802
        try:
            for address in envelope.rcpt_tos:
                await self._in_thread(_stored, address, envelope)
        except Exception:
            # Stored for some recipients, perhaps: the sender tries again, and a copy of a mail is no second mail.
            log.exception("mail_not_stored")
            return LATER
        return "250 2.0.0 Stored"

    async def _in_thread(self, function: Any, *arguments: Any) -> Any:
        return await asyncio.get_running_loop().run_in_executor(self.threads, _with_connection, function, *arguments)


def _stored(address: str, envelope: Addressed) -> None:
    content = envelope.content if isinstance(envelope.content, bytes) else b""
    sender, organization_id = envelope.mail_from or "", envelope.organizations[address]
    store(content, organization_id, envelope_to=address, envelope_from=sender, via="smtp")


def _with_connection(function: Any, *arguments: Any) -> Any:
    """With the thread's connection. Whether it is still good isn't asked before, which costs as much as to find out:
    where it isn't, the function is called again with another."""
    try:
        return function(*arguments)
    except (OperationalError, InterfaceError):
        connection.close()
        return function(*arguments)
    finally:
        if connection.close_at and time.monotonic() > connection.close_at:  # CONN_MAX_AGE
            connection.close()


def _certificate() -> ssl.SSLContext | None:
    """With what STARTTLS is offered."""
    if not settings.MAIL_CERTIFICATE:
        return None
    context = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
    context.load_cert_chain(settings.MAIL_CERTIFICATE, settings.MAIL_CERTIFICATE_KEY or None)
    return context


async def listen(host: str, port: int) -> asyncio.Server:
    """Starts listening; the caller closes the server."""
    handler, loop, certificate = Handler(), asyncio.get_running_loop(), _certificate()

    def connected() -> Listener:
        return Listener(
            handler,
            data_size_limit=settings.MAIL_SIZE_LIMIT,
            enable_SMTPUTF8=True,
            hostname=settings.MAIL_DOMAIN,
            ident="RecruitChat",
            tls_context=certificate,
            auth_exclude_mechanism=["LOGIN", "PLAIN"],  # nobody signs in to hand a mail over
            timeout=120,
            loop=loop,
        )

    return await loop.create_server(connected, host, port)
