"""The headers in which a program says that it wrote the mail: RFC 3834's, and those from before it."""

import re

from gateways.email.bounce_words import address_in
from gateways.email.headers import Headers

# By how they begin: vacation programs agree on no header, but most on one of these words.
AUTOREPLY_HEADERS = ("X-Autoreply", "X-Auto-Repl", "X-Autorespon", "X-Auto-Respond", "X-Autogen", "X-Vacation")
MACHINE_HEADERS = ("X-Mail-Autoreply", "X-FC-MachineGenerated", "X-List-Administrivia")
# What a program only passed on was written by a person all the same.
PASSED_ON = ("forward", "redirect", "mirror", "group", "auto-forward", "auto-redirect")
NOBODY = re.compile(
    r"(?:no[-_.]?reply|do[-_.]?not[-_.]?(?:reply|answer|respond)|no[-_.]?(?:contestar|answer|response|responde[rs]?)|neodpov[ií]d\w*"
    r"|neodpoved\w*|nereply|nie[-_.]?odpowiada\w*|(?:nicht|kein\w*)[-_.]?(?:antwort\w*|beantworten)|ne[-_.]?pas[-_.]?r[ée]pondre|pas[-_.]?de[-_.]?reponse"
    r"|(?:geen|niet)[-_.]?(?:antwoord\w*|beantwoorden|reageren)|ne[-_.]?(?:otvechat|otvechaite|vidpovidaty)|mailer-?daemon|postmaster|bounces?|daemon|root"
    r"|notifications?|notify|notifier|alerts?|updates|newsletters?|digest|auto-?(?:reply|confirm|mailer|responder)|automat|robot|bot|listserv"
    r"|majordomo)(?![a-z])|[\w.]{0,20}(?:noreply|no-reply|donotreply)"
)
LISTS = re.compile(r"-(?:owner|bounces?|request|admin)@")
SERVICE_HEADERS = (  # of those who send for many
    "Feedback-ID",
    "List-Unsubscribe-Post",
    "X-Campaign",
    "X-CampaignID",
    "X-CSA-Complaints",
    "X-Mailer-RecptId",
    "X-Mailgun-Sid",
    "X-Mailgun-Tag",
    "X-Mandrill-User",
    "X-MC-User",
    "X-MJ-Mid",
    "X-PM-Message-Id",
    "X-SES-Outgoing",
    "X-SFMC-Stack",
    "X-SG-EID",
)
SCRIPT = re.compile(r"(?i)(?:phpmailer|php/|swiftmailer|symfony|nodemailer|wordpress|drupal|joomla|laravel|mime::lite)")
PRECEDENCES = ("Precedence", "X-Precedence", "Preference")


def says_so(headers: Headers) -> str:
    """By which header; empty if none does."""
    submitted = _value(headers, "Auto-Submitted")
    if submitted and not submitted.startswith("no"):
        return f"Auto-Submitted: {submitted[:60]}"
    for name in (*MACHINE_HEADERS, *(name for start in AUTOREPLY_HEADERS for name in headers.starting(start))):
        if _value(headers, name) not in ("", "no", "false", "0"):
            return name
    for name in PRECEDENCES:
        if _value(headers, name) in ("auto_reply", "auto-reply", "autoreply"):
            return f"{name}: auto_reply"
    names = ("X-POST-MessageClass", "Delivered-To")
    return next((name for name in names if _value(headers, name).endswith("autoresponder")), "")


def is_from_nowhere(headers: Headers) -> bool:
    """Nothing is to answer it (RFC 5321, 4.5.5)."""
    return headers.get("Return-Path").strip() == "<>"


def is_by_service(headers: Headers) -> bool:
    """Sent by a service for many, as newsletters are; some pass on what a person wrote, too."""
    return any(name in headers for name in SERVICE_HEADERS)


def is_programs(headers: Headers) -> bool:
    """Sent by such a service or by a web site's script."""
    by_script = "X-PHP-Originating-Script" in headers or SCRIPT.match(headers.get("X-Mailer").strip())
    return bool(by_script) or is_by_service(headers)


def is_for_another(headers: Headers) -> bool:
    """Answers go to another firm's address, as where a site passes on what somebody has written in it."""
    sender, answered = address_in(headers.get("From")), address_in(headers.get("Reply-To"))
    return bool(answered) and answered.rpartition("@")[2] != sender.rpartition("@")[2]


def is_bulk(headers: Headers) -> bool:
    return headers.get("Precedence").strip().lower() in ("bulk", "junk")


def is_nobodys(headers: Headers) -> bool:
    """Nobody reads what is sent to where it comes from."""
    sender = address_in(headers.get("From"))
    return "Reply-To" not in headers and bool(NOBODY.match(sender) or LISTS.search(sender))


def _value(headers: Headers, name: str) -> str:
    value = headers.get(name).strip().lower()
    return "" if value.startswith(PASSED_ON) else value
