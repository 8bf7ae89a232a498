"""A mail that came back: which recipient, which of our mails, why, and whether for good."""

import re
from dataclasses import dataclass
from email.message import Message

from gateways.email.automatic_words import BOUNCE, opens_with
from gateways.email.headers import Headers
from gateways.email.reading import read
from gateways.email.structure import headers_from, headers_in, parse

LONGEST = 200_000


@dataclass(frozen=True, slots=True)
class Bounced:
    """`status` is RFC 3463's ("5.1.1"); ids are without angle brackets; `recipient` may be empty."""

    recipient: str
    original_message_id: str
    status: str
    reason: str
    permanent: bool


DAEMON = re.compile(
    r"(?i)(mailer-?daemon|postmaster|mail-?delivery|mdaemon|double-bounce|bounces?|mailerdaemon|delivery|daemon)\b"
)
DAEMON_NAME = re.compile(
    r"(?i)mailer.?daemon|mail delivery (sub)?system|mail delivery service|postmaster|microsoft outlook|почтовый робот|delivery system"
)
ADDRESS = re.compile(r"[\w.+=%&'/-]{1,64}@[\w-]{1,63}(?:\.[\w-]{1,63}){1,8}")
STATUS = re.compile(r"(?<![\d.])([245])\.(\d{1,3})\.(\d{1,3})(?![\d.])")
REPLY_CODE = re.compile(r"(?<![\d.\-:])([45])([0-5])(\d)[ -](?=\D)")
MESSAGE_ID = re.compile(r"(?im)^[> ]{0,4}Message-ID:\s{0,5}<([^<>\s]{1,500})>")
REASONS = (
    ("5.2.2", re.compile(r"(?i)quota|mailbox (is )?full|over.?quota|schránk\w+ .{0,20}pln|переполнен|переповнен|postfach .{0,20}voll|espace insuffisant|llen[ao]|boîte .{0,20}pleine|przepełnion|postvak .{0,20}vol")),
    ("5.1.1", re.compile(r"(?i)user unknown|unknown user|no such (user|recipient|mailbox|address)|does ?n[o']t exist|mailbox (unavailable|not found)|not found|recipient rejected|invalid (recipient|mailbox)|doesn't have|unknown (address|recipient)|не существует|не найден|neexist|existiert nicht|unbekannt|n'existe pas|no existe|nie istnieje|bestaat niet|не існує|не знайдено|address rejected|nenalezen|unrouteable address|account .{0,30}(disabled|inactive)")),
    ("5.7.1", re.compile(r"(?i)spam|blocked|policy|denied|blacklist|not authorized|relay|отклонен|dmarc")),
    ("5.3.4", re.compile(r"(?i)too (large|big)|size limit|exceeds? .{0,20}size")),
    ("5.4.4", re.compile(r"(?i)host (or domain name )?not found|domain .{0,20}not|unable to (find|route)|no mx|name service error")),
)  # fmt: skip
DELAYED = re.compile(
    r"(?i)will (be )?(keep|retr|try|continue)|still (being )?(un)?deliver|delayed|has not yet been delivered|temporar(y|ily)|not yet been|you do not need to resend|verzögert|bude .{0,20}opakov|будут повторены|попытк\w+ .{0,40}продолж"
)


def bounced(raw: bytes) -> Bounced | None:
    """None where the mail isn't a report that another mail couldn't be delivered. Never raises."""
    headers = headers_in(raw)
    try:
        report = _report(parse(raw))
    except Exception:  # noqa: BLE001 - what the parser can't take is judged by its headers and words
        report = None
    if report is not None:
        return _from_report(report, raw)
    return _from_words(headers, raw) if _speaks_of_bounce(headers) else None


def _report(root: Message) -> list[Headers] | None:
    """The groups of fields of a message/delivery-status part."""
    for part in root.walk():
        if part.get_content_type() in ("message/delivery-status", "message/global-delivery-status"):
            groups = part.get_payload()
            return [headers_from(group) for group in groups if isinstance(group, Message)] if isinstance(groups, list) else None
    return None


def _from_report(groups: list[Headers], raw: bytes) -> Bounced | None:
    failed = [group for group in groups if group.get("Action").lower() in ("failed", "delayed")]
    group = next(iter(failed), None) or next(
        (one for one in groups if one.get("Status")[:1] in "45" and "Status" in one), None
    )
    if group is None:
        return None
    status = STATUS.search(group.get("Status"))
    reason = _after_type(group.get("Diagnostic-Code"))
    found = STATUS.search(reason)
    best = (
        found[0]
        if found and (not status or status[0].endswith(".0.0"))
        else status[0]
        if status
        else _status(reason)
    )
    recipient = _after_type(group.get("Final-Recipient") or group.get("Original-Recipient"))
    return Bounced(
        recipient=_address(_after_type(group.get("Original-Recipient"))) or _address(recipient),
        original_message_id=_original_id(raw),
        status=best,
        reason=reason[:500],
        permanent=group.get("Action").lower() != "delayed" and not best.startswith("4"),
    )


def _after_type(value: str) -> str:
    """`rfc822; anna@…`, `smtp; 550 …`"""
    kind, semicolon, rest = value.partition(";")
    return (rest if semicolon else kind).strip()


def _address(text: str) -> str:
    found = ADDRESS.search(text)
    return found[0].strip(".").lower() if found else ""


def is_daemon(headers: Headers) -> bool:
    sender = headers.get("From")
    return bool(DAEMON.match(_address(sender)) or DAEMON_NAME.search(sender) or not sender)


def _speaks_of_bounce(headers: Headers) -> bool:
    if "X-Failed-Recipients" in headers:
        return True
    is_from_nobody = headers.get("Return-Path").strip() == "<>"
    return (is_daemon(headers) or is_from_nobody) and opens_with(headers.get("Subject"), BOUNCE)


def _from_words(headers: Headers, raw: bytes) -> Bounced:
    text = read(raw[: 5 * LONGEST]).text[:LONGEST]
    told = re.split(
        r"(?im)^-{3,}.{0,80}(?:copy|original|header|below|message)|^(?:received|return-path):", text
    )[0]
    status = _status(told)
    is_delay = bool(DELAYED.search(told)) or bool(re.search(r"(?i)delay|warning", headers.get("Subject")))
    return Bounced(
        recipient=_address(headers.get("X-Failed-Recipients")) or _recipient(told, headers),
        original_message_id=_original_id(raw) or headers.get("In-Reply-To").strip("<> "),
        status="4" + status[1:] if is_delay and "X-Failed-Recipients" not in headers else status,
        reason=_reason(told),
        permanent=not status.startswith("4") and not is_delay,
    )


def _recipient(told: str, headers: Headers) -> str:
    ours = {address.lower() for address in ADDRESS.findall(headers.get("To") + " " + headers.get("From"))}
    others = [address.lower().strip(".") for address in ADDRESS.findall(told)]
    return next((one for one in others if one not in ours and not DAEMON.match(one)), "")


def _status(text: str) -> str:
    if found := STATUS.search(text):
        return found[0]
    for status, phrase in REASONS:
        if phrase.search(text):
            return status
    code = REPLY_CODE.search(text)
    return f"{code[1]}.0.0" if code else "5.0.0"


def _reason(told: str) -> str:
    """The line that carries the code, or else the first that names a known reason."""
    lines = [line.strip() for line in told.split("\n") if line.strip()]
    for line in lines:
        if STATUS.search(line) or REPLY_CODE.search(line):
            return line[:500]
    return next((line[:500] for line in lines if any(phrase.search(line) for _, phrase in REASONS)), "")


def _original_id(raw: bytes) -> str:
    """Of our mail, whose headers come back below the report's own."""
    body = raw.replace(b"\r\n", b"\n").lstrip(b"\n").partition(b"\n\n")[2][: 5 * LONGEST]
    found = MESSAGE_ID.search(body.decode("latin-1"))
    return found[1] if found else ""
