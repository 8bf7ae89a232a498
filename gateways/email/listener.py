"""The mail listener: SMTP in (RFC 5321), a stored Arrival out. It answers 250 only for what is stored."""

import asyncio
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import structlog
from aiosmtpd.smtp import SMTP, Envelope, Session
from django.conf import settings
from django.db import DatabaseError, InterfaceError, close_old_connections

from gateways.email.ingest import ingest, organization_of
from gateways.refusals import UnknownAddress

log = structlog.get_logger(__name__)
NO_SUCH_ADDRESS = "550 5.1.1 No such address here"
LATER = "451 4.3.0 Can't take mail now, please try again later"
MOST_RECIPIENTS = 50
THREADS = 4
LONGEST_LINE = 1024 * 1024  # bytes; RFC 5321 allows 1,000, and mail programs exceed it


class Listener(SMTP):
    line_length_limit = LONGEST_LINE


class Handler:
    """Asks the database in threads, so that one slow sender doesn't hold up the others."""

    def __init__(self) -> None:
        self.threads = ThreadPoolExecutor(THREADS, "mail")

    async def handle_RCPT(  # noqa: N802 - aiosmtpd calls it so
        self, server: SMTP, session: Session, envelope: Envelope, address: str, options: list[str]
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
        return "250 2.1.5 OK"

    async def handle_DATA(self, server: SMTP, session: Session, envelope: Envelope) -> str:  # noqa: N802
        try:
            for address in envelope.rcpt_tos:
                await self._in_thread(_stored, address, envelope)
        except UnknownAddress:  # the link was revoked between RCPT and here
            return NO_SUCH_ADDRESS
        except Exception:
            # Stored for some recipients, perhaps: the sender tries again, and a copy of a mail is no second mail.
            log.exception("mail_not_stored")
            return LATER
        return "250 2.0.0 Stored"

    async def _in_thread(self, function: Any, *arguments: Any) -> Any:
        return await asyncio.get_running_loop().run_in_executor(self.threads, _with_connection, function, *arguments)


def _stored(address: str, envelope: Envelope) -> None:
    content = envelope.content if isinstance(envelope.content, bytes) else b""
    ingest(content, envelope_to=address, envelope_from=envelope.mail_from or "", via="smtp")


def _with_connection(function: Any, *arguments: Any) -> Any:
    close_old_connections()
    try:
        return function(*arguments)
    finally:
        close_old_connections()


async def listen(host: str, port: int) -> asyncio.Server:
    """Starts listening; the caller closes the server."""
    handler, loop = Handler(), asyncio.get_running_loop()

    def connected() -> Listener:
        return Listener(
            handler,
            data_size_limit=settings.MAIL_SIZE_LIMIT,
            enable_SMTPUTF8=True,
            hostname=settings.MAIL_DOMAIN,
            ident="RecruitChat",
            timeout=120,
            loop=loop,
        )

    return await loop.create_server(connected, host, port)
