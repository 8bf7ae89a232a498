"""Whether anyone is there: RFC 3834 and what mail programs do instead of it."""

from typing import NamedTuple

from gateways.email.automatic_because import because
from gateways.email.automatic_headers import NOBODY, is_bulk, is_from_nowhere
from gateways.email.bounce import Bounced, bounced, is_daemon
from gateways.email.bounce_words import address_in
from gateways.email.headers import Headers
from gateways.email.reply import reply_text
from gateways.email.structure import headers_in

LONGEST = 100_000
OWN = "X-RecruitChat"  # every mail we send carries a header whose name begins so


class Verdict(NamedTuple):
    """`is_automatic`: not a message, but an event. `must_not_answer`: nothing automatic may go out to it. `because`
    names what decided, for people to read; empty for a person's mail. `bounced`: what it reports of a mail of ours."""

    is_automatic: bool
    must_not_answer: bool
    because: str
    bounced: Bounced | None = None

    @property
    def is_bounce(self) -> bool:
        return self.bounced is not None


def verdict(raw: bytes) -> Verdict:
    """Of a whole mail. Never raises. Any RecruitChat's mail is taken for our own here; whose it is, its mark tells
    who has the keys (identity.is_ours)."""
    headers = headers_in(raw)
    if headers.starting(OWN):
        return Verdict(True, True, "our own mail came back")
    return judged(headers, raw, reply_text(raw[:LONGEST]))


def judged(headers: Headers, raw: bytes, said: str) -> Verdict:
    """The same, of a mail that has been read already and isn't our own; `said` is its text without history and
    signature."""
    if report := bounced(headers, raw):
        return Verdict(True, True, "a mail came back undelivered", report)
    if told := because(headers, raw, said):
        return Verdict(True, True, told)
    told = _unanswerable(headers)
    return Verdict(False, bool(told), told)


def _unanswerable(headers: Headers) -> str:
    if is_from_nowhere(headers):
        return "empty Return-Path"
    if is_bulk(headers) or headers.get("Precedence").strip().lower() == "list":
        return f"Precedence: {headers.get('Precedence')[:20]}"
    if listed := headers.starting("List-"):
        return listed[0]
    for name in ("X-Auto-Response-Suppress", "X-MS-Exchange-Inbox-Rules-Loop", "X-Loop", "Feedback-ID"):
        if headers.get(name).strip().lower() not in ("", "none"):
            return name
    return "" if _is_read(headers) else "nobody reads the sender's address"


def _is_read(headers: Headers) -> bool:
    sender = address_in(headers.get("Reply-To")) or address_in(headers.get("From"))
    return bool(sender) and not NOBODY.match(sender) and not is_daemon(headers)
