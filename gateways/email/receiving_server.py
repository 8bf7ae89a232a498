"""What a receiving server finds out about a mail's sender: SPF (RFC 7208), DKIM (RFC 6376), DMARC (RFC 9989).

For a listener that the world itself sends to (CHECK_SENDERS): what was found is written above the mail, as RFC 8601 has
it, and believed later as any trusted server's word is.
"""

import ipaddress
import re
from functools import cached_property
from typing import Any, NamedTuple

import dkim
import spf
import structlog
from django.conf import settings

from gateways.email.authentication import HEADER, ascii_of, authors
from gateways.email.dmarc import Shown, verdict
from gateways.email.headers import Headers
from gateways.email.name_servers import Ask, Away
from gateways.email.structure import headers_in

log = structlog.get_logger(__name__)
MOST_SIGNATURES = 5
NOT_IN_A_DOMAIN = re.compile(r"[^a-z0-9._-]")


class Caller(NamedTuple):
    """Who brings a mail: the network address, what it calls itself, whom the envelope names."""

    address: str
    helo: str
    mail_from: str


def found_out(raw: bytes, caller: Caller, ask: Ask) -> bytes:
    """The header field to be put above the mail. Never raises."""
    try:
        said = Examination(raw, caller, ask).said
    except Exception:  # what is hostile finds ways that no list of exceptions covers
        log.exception("sender_not_checked")
        said = "dmarc=temperror"
    return f"{HEADER}: {settings.MAIL_DOMAIN}; {said}\r\n".encode()


class Examination:
    def __init__(self, raw: bytes, caller: Caller, ask: Ask) -> None:
        self.raw, self.caller, self.ask = raw, caller, ask
        self.headers: Headers = headers_in(raw)
        self.is_incomplete = False

    @property
    def said(self) -> str:
        result, domain = self.spf
        signed = "".join(f"; dkim=pass header.d={_plain(one)}" for one in self.signers) or "; dkim=none"
        said = f"spf={result} smtp.mailfrom={_plain(domain)}{signed}"
        written_by = authors(self.headers)
        if len(written_by) != 1:
            return f"{said}; dmarc=permerror"
        shown = Shown([domain] if result == "pass" else [], self.signers, self.is_incomplete)
        author = ascii_of(written_by[0].rpartition("@")[2])
        return f"{said}; dmarc={verdict(author, shown, self.ask)} header.from={_plain(author)}"

    @cached_property
    def spf(self) -> tuple[str, str]:
        """Result and domain. A server of our own network that brings the mail says nothing about where it is from."""
        query = Query(self.ask, self.caller)
        if not ipaddress.ip_address(self.caller.address).is_global:
            return "none", query.d
        result, _, _ = query.check()
        self.is_incomplete |= result == "temperror"
        return result, ascii_of(query.o)

    @cached_property
    def signers(self) -> list[str]:
        """The domains whose signatures hold."""
        places = range(min(len(self.headers.all("DKIM-Signature")), MOST_SIGNATURES))
        return [domain for domain in dict.fromkeys(map(self._signer, places)) if domain]

    def _signer(self, place: int) -> str:
        """The domain behind this signature, if it holds. One that leaves out the end of the mail (l=) shows nothing:
        anybody can add to it."""
        try:
            mail = dkim.DKIM(self.raw)
            holds = mail.verify(idx=place, dnsfunc=self._key) and b"l" not in mail.signature_fields
            return mail.domain.decode().lower() if holds else ""
        except Away:
            self.is_incomplete = True
            return ""
        except Exception:  # noqa: BLE001 - a signature may be any bytes, and dkimpy raises whatever it trips over
            return ""

    def _key(self, name: bytes, timeout: float = 0) -> bytes:
        return next(iter(self.ask(name.decode("ascii").rstrip("."), "TXT")), b"")


class Query(spf.query):
    """SPF's question, put to the name servers that are given."""

    def __init__(self, ask: Ask, caller: Caller) -> None:
        super().__init__(caller.address, caller.mail_from, caller.helo)
        self.ask = ask

    def dns(self, name: str, qtype: str, cnames: Any = None, ignore_void: bool = False) -> list[Any]:
        try:
            found = self.ask(str(name).lower().rstrip("."), qtype)
        except Away as away:
            raise spf.TempError(f"DNS {away}") from away
        if not found and not ignore_void:
            self.void_lookups += 1
            if self.void_lookups > spf.MAX_VOID_LOOKUPS:
                raise spf.PermError("Too many void lookups")
        return [(text,) for text in found] if qtype == "TXT" else found


def _plain(domain: str) -> str:
    return NOT_IN_A_DOMAIN.sub("?", domain.lower())[:253] or "?"
