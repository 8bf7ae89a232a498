"""Mails as the product writes them: rendered, handed over to the mail server, and what that said."""

import re
import smtplib
from email.errors import HeaderParseError
from email.headerregistry import Address
from email.utils import formataddr
from functools import partial
from typing import Any

import css_inline
import idna
from anymail.exceptions import AnymailAPIError, AnymailRecipientsRefused
from django.conf import settings
from django.core.mail import EmailMultiAlternatives, mailers
from django.core.mail.backends.base import BaseEmailBackend
from django.db import transaction
from django.template.loader import render_to_string
from django.utils import translation
from django.utils.translation import gettext_noop as _  # kept in English, shown in the reader's language

from accounts.addressed_mail import AddressedMail
from accounts.models import Organization
from accounts.secret_keys import digests
from accounts.tenancy import current_organization_id

MARK = "X-RecruitChat"  # on every mail of ours, so that one that comes back is known for what it is
HELD_SECONDS = 15 * 60
ABOUT_THE_MAIL = {400, 413, 422}
NOT_ABOUT_THE_MAIL = (smtplib.SMTPConnectError, smtplib.SMTPHeloError, smtplib.SMTPAuthenticationError)
ABOUT_OUR_LOGIN = {530, 534, 535, 538}  # RFC 4954, 6
CONTROL = re.compile("[\x00-\x1f\x7f-\x9f]")
OF_THE_MAIL = {"MessageRejected", "BadRequestException"}
_inliner = css_inline.CSSInliner(keep_at_rules=True, load_remote_stylesheets=False)


class TemporaryFailure(Exception):
    """The server can't take the mail now; `str()` is what it said."""


class PermanentFailure(Exception):
    """The mail can't be delivered, however often it is tried; `str()` is what the server said."""


def written(
    name: str,
    language: str,
    context: dict[str, Any],
    kind: type[AddressedMail] = AddressedMail,
    *,
    subject: str,
    **fields: Any,
) -> AddressedMail:
    """The mail of `templates/mail/<name>.html` and `.txt`, in this language. `fields` are EmailMessage's."""
    with translation.override(language):
        context = context | {"language": language}
        html = render_to_string(f"mail/{name}.html", context)
        text = render_to_string(f"mail/{name}.txt", context)
    mail = kind(subject=one_line(subject), body=text.strip() + "\n", **fields)
    mail.extra_headers.setdefault(MARK, f"{name}; {_marks(current_organization_id())[0]}")
    mail.extra_headers.setdefault("Content-Language", language)
    mail.attach_alternative(_inliner.inline(html), "text/html")
    return mail


def notice(
    name: str,
    language: str,
    context: dict[str, Any],
    *,
    organization: Organization,
    headers: dict[str, str] | None = None,
    **fields: Any,
) -> AddressedMail:
    """The same, of a mail that RecruitChat itself writes in an organization, and no program is to answer (RFC 3834, 5).

    Raises PermanentFailure.
    """
    sender = named(f"RecruitChat, {organization.name}", settings.DEFAULT_FROM_EMAIL)
    headers = {"From": sender, "Auto-Submitted": "auto-generated"} | (headers or {})
    context = {"organization": organization} | context
    return written(name, language, context, headers=headers, from_email=settings.DEFAULT_FROM_EMAIL, **fields)


def is_marked(mark: str) -> bool:
    """Whether this installation wrote it, for the organization that is entered or for none. Another RecruitChat has
    such a header, too, and so have the mails of other organizations: those are mails like any."""
    signature = mark.rpartition(" ")[2]
    return signature in _marks(current_organization_id()) or signature in _marks(None)


def _marks(organization_id: int | None) -> list[str]:
    return [digest.hex()[:20] for digest in digests(f"own-mail:{organization_id}")]


def one_line(text: str) -> str:
    """As it may stand in a header."""
    return CONTROL.sub("", " ".join(text.split()))


def named(name: str, address: str) -> str:
    """Name and address as they stand in a header, the domain in ASCII (IDNA 2008, RFC 5891).

    Raises PermanentFailure where no mail can be sent to such an address.
    """
    local, _at, domain = address.strip().rpartition("@")
    if not local.isascii():  # only servers that know SMTPUTF8 (RFC 6531) would take it, and few do
        raise PermanentFailure(
            _("Mail can’t be sent to an address with such letters before its @. Ask for another one.")
        )
    try:
        domain = domain if domain.isascii() else idna.encode(domain, uts46=True).decode()
        return formataddr((one_line(name), Address(addr_spec=f"{local}@{domain}").addr_spec))
    except (ValueError, IndexError, HeaderParseError) as mistaken:
        raise PermanentFailure(
            _("Mail can’t be sent to what is given as the address. Ask for another one.")
        ) from mistaken


def hand_over(mail: AddressedMail, by: BaseEmailBackend | None = None) -> None:
    """Gives the mail to the server (the installation's, or another), outside any transaction.

    Raises TemporaryFailure, PermanentFailure.
    """
    try:
        (by or mailers.default).send_messages([mail])
    except smtplib.SMTPRecipientsRefused as refused:
        code, said = next(iter(refused.recipients.values()))
        raise _failure(code, said) from refused
    except NOT_ABOUT_THE_MAIL as refused:
        raise TemporaryFailure(_words(refused.smtp_code, refused.smtp_error)) from refused
    except smtplib.SMTPResponseException as refused:
        raise _failure(refused.smtp_code, refused.smtp_error) from refused
    except AnymailRecipientsRefused as refused:
        raise PermanentFailure(_first_line(refused)) from refused
    except AnymailAPIError as refused:
        raise _provider_failure(refused) from refused
    except OSError as unreachable:  # refused, timed out, cut off; SMTPException is one of them
        raise TemporaryFailure(str(unreachable) or type(unreachable).__name__) from unreachable


def hand_over_later(mail: EmailMultiAlternatives) -> None:
    """A worker does it after the commit, in vain at most for a quarter of an hour. For what can be asked for again."""
    from accounts.tasks import send_mail

    facts = {
        "subject": mail.subject,
        "text": mail.body,
        "html": next((str(content) for content, kind in mail.alternatives if kind == "text/html"), ""),
        "sender": mail.from_email,
        "to": mail.to,
        "headers": mail.extra_headers,
    }
    # What a mail says stays out of the logs.
    send = partial(send_mail.apply_async, kwargs=facts, kwargsrepr="a mail", expires=HELD_SECONDS)
    transaction.on_commit(send, robust=True)


def _failure(code: int, said: bytes | str) -> TemporaryFailure | PermanentFailure:
    """RFC 5321, 4.2.1: 4yz is worth another try, 5yz isn't, unless it says that we should have signed in."""
    kind = PermanentFailure if 500 <= code < 600 and code not in ABOUT_OUR_LOGIN else TemporaryFailure
    return kind(_words(code, said))


def _provider_failure(refused: AnymailAPIError) -> TemporaryFailure | PermanentFailure:
    """What a provider says of this very mail is final; of our account, of its load or of nothing at all, it isn't."""
    is_final = refused.status_code in ABOUT_THE_MAIL or _amazons_word(refused) in OF_THE_MAIL
    return (PermanentFailure if is_final else TemporaryFailure)(_first_line(refused))


def _amazons_word(refused: AnymailAPIError) -> str:
    """Its client answers in a dictionary."""
    return refused.response["Error"]["Code"] if isinstance(refused.response, dict) else ""


def _first_line(error: Exception) -> str:
    return next((line for line in str(error).splitlines() if line.strip()), type(error).__name__)[:300]


def _words(code: int, said: bytes | str) -> str:
    text = said.decode("utf-8", "replace") if isinstance(said, bytes) else said
    return f"{code} {' '.join(text.split())}"[:300]
