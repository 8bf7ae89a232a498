"""The mail listener: SMTP in (RFC 5321), a stored Arrival out. It answers 250 only for what is stored."""

import asyncio
import ssl
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from functools import wraps
from typing import Any

import structlog
from aiosmtpd.smtp import SMTP, Envelope, Session
from django.conf import settings
from django.db import DatabaseError, InterfaceError, OperationalError, connection

from gateways.email.ingest import organization_of, store
from gateways.email.name_servers import Ask, NameServers
from gateways.email.receiving_server import Caller, found_out

log = structlog.get_logger(__name__)
NO_SUCH_ADDRESS = "550 5.1.1 No such address here"
ONE_ORGANIZATION = "452 4.5.3 Please send this recipient's separately"  # RFC 5321, 4.5.3.1.10: it is sent again at once
LATER = "451 4.3.0 Can't take mail now, please try again later"
MOST_RECIPIENTS = 50
THREADS = 4
CHECKING_THREADS = 32  # they wait for name servers
MOST_WAITING = 64 * 1024  # bytes of a command that has no end yet


class Addressed(Envelope):
    """`organizations`: whose each address is that was taken."""

    def __init__(self) -> None:
        super().__init__()
        self.organizations: dict[str, int] = {}

    @property
    def came_from(self) -> str:
        """Empty for a bounce, whose sender is written <>."""
        return (self.mail_from or "").removeprefix("<>")


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

    def __init__(self, name_servers: Callable[[], Ask]) -> None:
        self.name_servers = name_servers
        self.threads = ThreadPoolExecutor(THREADS, "mail")
        self.checking_threads = ThreadPoolExecutor(CHECKING_THREADS, "checking")

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
        if found not in (envelope.organizations or {address: found}).values():
            return ONE_ORGANIZATION
        envelope.rcpt_tos.append(address)
        envelope.organizations[address] = found
        return "250 2.1.5 OK"

    async def handle_DATA(self, server: SMTP, session: Session, envelope: Addressed) -> str:  # noqa: N802
        found = await self._found_out(session, envelope) if settings.CHECK_SENDERS else b""
        try:
            for address in envelope.rcpt_tos:
                await self._in_thread(_stored, address, envelope, found)
        except Exception:
            # Stored for some recipients, perhaps: the sender tries again, and a copy of a mail is no second mail.
            log.exception("mail_not_stored")
            return LATER
        return "250 2.0.0 Stored"

    async def _found_out(self, session: Session, envelope: Addressed) -> bytes:
        assert session.peer
        caller = Caller(session.peer[0], session.host_name or "", envelope.came_from)
        facts = (_content(envelope), caller, self.name_servers())
        return await asyncio.get_running_loop().run_in_executor(self.checking_threads, found_out, *facts)

    async def _in_thread(self, function: Any, *arguments: Any) -> Any:
        return await asyncio.get_running_loop().run_in_executor(self.threads, _with_connection, function, *arguments)


def _stored(address: str, envelope: Addressed, found: bytes) -> None:
    addresses = {"envelope_to": address, "envelope_from": envelope.came_from}
    store(_content(envelope), envelope.organizations[address], **addresses, via="smtp", found_out=found)


def _content(envelope: Addressed) -> bytes:
    return envelope.content if isinstance(envelope.content, bytes) else b""


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


async def listen(host: str, port: int, name_servers: Callable[[], Ask] = NameServers) -> asyncio.Server:
    """Starts listening; the caller closes the server."""
    handler, loop, certificate = Handler(name_servers), asyncio.get_running_loop(), _certificate()

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
