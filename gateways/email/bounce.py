"""A mail that came back: which recipient, which of our mails, why, and whether for good."""

import re
from dataclasses import dataclass
from email.message import Message

from gateways.email.automatic_evidence import found as found_in
from gateways.email.automatic_headers import is_from_nowhere, is_nobodys
from gateways.email.automatic_words import BOUNCE, REPLY, opens_with
from gateways.email.bounce_words import (
    DELAYED,
    STATUS,
    address_in,
    addresses_in,
    reason_in,
    says_undelivered,
    status_in,
)
from gateways.email.headers import Headers
from gateways.email.reading import read
from gateways.email.structure import headers_from, headers_in, parse

LONGEST = 200_000
LONGEST_TOLD = 10_000


@dataclass(frozen=True, slots=True)
class Bounced:
    """`status` is RFC 3463's ("5.1.1"); the id is without angle brackets; it and `recipient` may be empty."""

    recipient: str
    original_message_id: str
    status: str
    reason: str
    permanent: bool


DAEMON = re.compile(
    r"(mailer-?daemon|postmaster|mail-?delivery|mdaemon|double-bounce|bounces?|daemon|mailer|(mail-?)?gateway|mail-?server"
    r"|mail-?system|smtp|mail-?(guard|filter)|anti-?spam|non-?delivery|ndr|undeliver\w*)(?![a-z.])"
)
DAEMON_NAME = re.compile(
    r"(?i)mailer.?daemon|mail delivery (sub)?system|mail delivery service|postmaster|microsoft outlook"
    r"|почтовый робот|delivery system|mail[ -]?(gateway|server|system)|(poštovní|poštový) (server|systém)"
    r"|(serwer|system) poczt\w+"
    r"|почтов\w+ (система|сервер|служба)|поштов\w+ (система|сервер|служба)|(système|serveur) de messagerie"
    r"|(sistema|servidor) de correo"
)
MAILER = re.compile(r"(?i)mailer-?daemon")  # has nothing else to tell than what became of a mail
DELIVERED = re.compile(r"(?i)success|delivered:|relayed|receipt|auto(?:matic)?[ -]?repl|out of")
MESSAGE_ID = re.compile(r"(?im)^[> ]{0,4}Message-ID:\s{0,5}<([^<>\s]{1,500})>")
BLANK_LINE = re.compile(rb"\r?\n(?:[ \t]*\r?\n)+")
COPY_BELOW = re.compile(r"(?im)^-{3,}.{0,80}(?:copy|original|header|below|message)|^(?:received|return-path):")


def bounced(headers: Headers, raw: bytes) -> Bounced | None:
    """None where the mail isn't a report that another mail couldn't be delivered. Never raises."""
    groups = _report(raw) if "report" in headers.get("Content-Type").lower() else None
    if groups is not None:
        return _from_report(groups, raw)
    if _announces_bounce(headers):
        return _from_words(headers, raw)
    from_nowhere = is_from_nowhere(headers)
    is_a_daemons = is_daemon(headers)
    is_a_mail_systems = from_nowhere or is_a_daemons
    is_announced = _is_told_in(headers.get("Subject").lower())
    found = _from_words(headers, raw) if is_a_mail_systems or is_announced or is_nobodys(headers) else None
    if found is None or DELIVERED.search(headers.get("Subject")):
        return None
    if not is_a_mail_systems:
        is_by_hand = found_in("myself", found.reason.lower())
        is_certain = found.reason and (is_announced or says_undelivered(found.reason))
        return found if found.recipient and is_certain and not is_by_hand else None
    is_a_mailers = from_nowhere and bool(MAILER.search(headers.get("From")))
    is_told = found.recipient and (found.reason or (from_nowhere and is_a_daemons))
    return found if is_told or is_a_mailers else None


def _is_told_in(subject: str) -> bool:
    return not REPLY.match(subject) and says_undelivered(subject.replace("’", "'"))


def is_daemon(headers: Headers) -> bool:
    sender = headers.get("From")
    return not sender or bool(DAEMON.match(address_in(sender)) or DAEMON_NAME.search(sender))


def _report(raw: bytes) -> list[Headers] | None:
    """The groups of fields of a message/delivery-status part (RFC 3464)."""
    try:
        parts = list(parse(raw).walk())
    except Exception:  # noqa: BLE001 - a report that can't be parsed is judged by its words
        return None
    for part in parts:
        if part.get_content_type() == "message/delivery-status":
            groups = part.get_payload()
            return [headers_from(group) for group in groups if isinstance(group, Message)]
        if part.get_content_type() == "message/global-delivery-status":  # RFC 6533: the parser leaves it as text
            return [headers_in(group) for group in BLANK_LINE.split(_content(part)) if group.strip()]
    return None


def _content(part: Message) -> bytes:
    inner = part.get_payload(0) if part.is_multipart() else part
    content = inner.get_payload(decode=True) if isinstance(inner, Message) else b""
    return content if isinstance(content, bytes) else b""


def _from_report(groups: list[Headers], raw: bytes) -> Bounced | None:
    group = _failed(groups)
    if not group:
        return None
    reason = _after_type(group.get("Diagnostic-Code"))
    status = _status(group.get("Status"), reason)
    recipient = group.get("Original-Recipient") or group.get("Final-Recipient")
    is_delay = group.get("Action").strip().lower() == "delayed"
    return Bounced(
        recipient=address_in(_after_type(recipient)) or address_in(group.get("Final-Recipient")),
        original_message_id=_original_id(raw),
        status=status,
        reason=reason[:500],
        permanent=not is_delay and not status.startswith("4"),
    )


def _failed(groups: list[Headers]) -> Headers | None:
    """The recipient that failed; without an action, one whose status says so."""
    for action in ("failed", "delayed"):
        for group in groups:
            if group.get("Action").strip().lower() == action:
                return group
    return next((one for one in groups if "Action" not in one and one.get("Status")[:1] in ("4", "5")), None)


def _status(given: str, reason: str) -> str:
    """The server's own code is finer than a 5.0.0 that its neighbour made of it."""
    status, told = STATUS.search(given), STATUS.search(reason)
    if told and (not status or status[0].endswith(".0.0")):
        return told[0]
    return status[0] if status else status_in(reason)


def _after_type(value: str) -> str:
    """`rfc822; anna@…`, `smtp; 550 …`"""
    kind, semicolon, rest = value.partition(";")
    return (rest if semicolon else kind).strip()


def _announces_bounce(headers: Headers) -> bool:
    if "X-Failed-Recipients" in headers:
        return True
    return (is_daemon(headers) or is_from_nowhere(headers)) and opens_with(headers.get("Subject"), BOUNCE)


def _from_words(headers: Headers, raw: bytes) -> Bounced:
    told = COPY_BELOW.split(read(raw[: 5 * LONGEST]).text[:LONGEST_TOLD])[0]
    is_delay = bool(DELAYED.search(told) or re.search(r"(?i)delay|warning", headers.get("Subject")))
    is_delay = is_delay and "X-Failed-Recipients" not in headers
    status = status_in(told)
    return Bounced(
        recipient=address_in(headers.get("X-Failed-Recipients"))
        or _recipient(f"{told}\n{headers.get('Subject')}", headers),
        original_message_id=_original_id(raw) or headers.get("In-Reply-To").strip("<> "),
        status="4" + status[1:] if is_delay else status,
        reason=reason_in(told),
        permanent=not is_delay and not status.startswith("4"),
    )


def _recipient(told: str, headers: Headers) -> str:
    """The first address named that isn't ours, to whom the report came; the reporter's own if there is no other."""
    ours, reporters = addresses_in(headers.get("To")), addresses_in(headers.get("From"))
    named = [one for one in addresses_in(told) if one not in ours and not DAEMON.match(one)]
    return next((one for one in named if one not in reporters), next(iter(named), ""))


def _original_id(raw: bytes) -> str:
    """Of our mail, whose headers come back below the report's own."""
    body = raw.replace(b"\r\n", b"\n").lstrip(b"\n").partition(b"\n\n")[2][: 5 * LONGEST]
    found = MESSAGE_ID.search(body.decode("latin-1"))
    return found[1] if found else ""
