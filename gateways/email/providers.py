"""Mail that providers bring by webhook. django-anymail checks their signatures and secrets; the mail's own bytes are
taken out of the request here, because what the library makes of 8-bit mail is garbage or an error."""

import base64
import json
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any
from urllib.parse import parse_qsl

from anymail.exceptions import AnymailAPIError, AnymailConfigurationError, AnymailWebhookValidationFailure
from django.conf import settings
from django.http import HttpRequest
from django.utils.module_loading import import_string
from requests import RequestException

from gateways.email.addresses import addresses, named

MOST_FIELDS = 200
# What code that expects its provider's JSON raises on any other; nested without end, too.
UNREADABLE = (ValueError, TypeError, AttributeError, LookupError, RecursionError)


class NotGenuine(Exception):
    """The request doesn't prove that it is the provider's."""


class NotFetched(Exception):
    """The provider keeps a part of it, and didn't hand it out."""


class NotReadable(Exception):
    """It is the provider's, and there is no whole mail in it."""


@dataclass(frozen=True)
class Delivered:
    """One mail for one address."""

    raw: bytes
    envelope_to: str
    envelope_from: str


@dataclass(frozen=True)
class Provider:
    """`view` is django-anymail's, `needs` the setting of ANYMAIL without which nothing proves anything."""

    view: str
    needs: str
    mails: Callable[[HttpRequest], Iterator[Delivered]]


def check(request: HttpRequest, provider: Provider) -> None:
    """Raises NotGenuine; also where the installation has no secret to check by."""
    if not settings.ANYMAIL.get(provider.needs):
        raise NotGenuine
    try:
        _view(provider.view).run_validators(request)
    except (
        AnymailWebhookValidationFailure,
        AnymailConfigurationError,
        AnymailAPIError,
        *UNREADABLE,
    ) as failure:
        raise NotGenuine from failure


def _view(name: str) -> Any:
    """Raises AnymailConfigurationError: a setting is missing that it needs."""
    return import_string(name if name.startswith("gateways.") else f"anymail.webhooks.{name}")()


def delivered(request: HttpRequest, provider: Provider) -> list[Delivered]:
    """The mails of a request that was checked. Raises NotReadable, NotFetched."""
    try:
        found = list(provider.mails(request))
    except RequestException as error:
        raise NotFetched from error
    except (*UNREADABLE, AnymailConfigurationError) as error:
        raise NotReadable from error
    if not all(mail.raw and mail.envelope_to and isinstance(mail.envelope_to, str) for mail in found):
        raise NotReadable
    return found


def _field(request: HttpRequest, name: str) -> bytes:
    """The bytes of a form's field, as they came. `latin_1` is what makes them so (see the view)."""
    if name in request.FILES:
        return request.FILES[name].read()  # type: ignore[union-attr]
    if request.content_type == "application/x-www-form-urlencoded":
        fields = dict(parse_qsl(request.body.decode("latin-1"), encoding="latin-1", max_num_fields=MOST_FIELDS))
        return fields[name].encode("latin-1")
    return str(request.POST[name]).encode("latin-1", "replace")


def _json(request: HttpRequest) -> Any:
    return json.loads(request.body)


def _bytes(text: str) -> bytes:
    return text.encode("utf-8", "replace")


def _mailgun(request: HttpRequest) -> Iterator[Delivered]:
    sender = request.POST.get("sender", "")
    for address in str(request.POST["recipient"]).split(","):
        yield Delivered(_field(request, "body-mime"), address.strip(), sender)


def _sendgrid(request: HttpRequest) -> Iterator[Delivered]:
    envelope = json.loads(str(request.POST["envelope"]))
    for address in envelope["to"]:
        yield Delivered(_field(request, "email"), address, envelope.get("from", ""))


def _postmark(request: HttpRequest) -> Iterator[Delivered]:
    told = _json(request)
    sender = next((one["Value"] for one in told.get("Headers", []) if one["Name"].lower() == "return-path"), "")
    yield Delivered(_bytes(told["RawEmail"]), told["OriginalRecipient"], sender.strip("<> "))


def _mandrill(request: HttpRequest) -> Iterator[Delivered]:
    for event in json.loads(str(request.POST["mandrill_events"])):
        if event.get("event") == "inbound":
            told = event["msg"]
            yield Delivered(_bytes(told["raw_msg"]), told["email"], told.get("sender") or "")


def _sparkpost(request: HttpRequest) -> Iterator[Delivered]:
    for event in _json(request):
        told = event["msys"]["relay_message"]
        raw = told["content"]["email_rfc822"]
        is_coded = told["content"].get("email_rfc822_is_base64")
        yield Delivered(base64.b64decode(raw) if is_coded else _bytes(raw), told["rcpt_to"], told.get("msg_from", ""))


def _mailersend(request: HttpRequest) -> Iterator[Delivered]:
    told = _json(request)["data"]
    for recipient in told["recipients"]["rcptTo"]:
        yield Delivered(_bytes(told["raw"]), recipient["email"], told.get("sender", {}).get("email", ""))


def _postal(request: HttpRequest) -> Iterator[Delivered]:
    told = _json(request)
    raw = base64.b64decode(told["message"]) if told.get("base64") else _bytes(told["message"])
    yield Delivered(raw, told["rcpt_to"], told.get("mail_from") or "")


def _amazon_ses(request: HttpRequest) -> Iterator[Delivered]:
    from gateways.email.amazon import mails_of

    yield from mails_of(request)


def _resend(request: HttpRequest) -> Iterator[Delivered]:
    """It doesn't say to which of those whom the mail names it came."""
    told = _json(request)["data"]
    raw = _view(RESEND).raw_of(told["email_id"])
    everybody = ", ".join([*(told.get("to") or ()), *(told.get("cc") or ()), *(told.get("bcc") or ())])
    for address in dict.fromkeys(one.address for one in addresses(everybody)):
        yield Delivered(raw, address, named(told.get("from") or "").address)


def _put_together(view: str) -> Callable[[HttpRequest], Iterator[Delivered]]:
    """These bring a mail in pieces of decoded text, or keep it to be fetched: the library makes a mail of them."""

    def mails(request: HttpRequest) -> Iterator[Delivered]:
        for event in _view(view).parse_events(request):
            mail = event.message
            to = [mail.envelope_recipient] if mail.envelope_recipient else [one.addr_spec for one in mail.to]
            for address in to:
                yield Delivered(mail.as_bytes(), address, mail.envelope_sender or "")

    return mails


MAILJET, BREVO = "mailjet.MailjetInboundWebhookView", "brevo.BrevoInboundWebhookView"
RESEND = "gateways.email.resend.Inbound"
PROVIDERS = {
    "mailgun": Provider("mailgun.MailgunInboundWebhookView", "MAILGUN_WEBHOOK_SIGNING_KEY", _mailgun),
    "sendgrid": Provider("sendgrid.SendGridInboundWebhookView", "WEBHOOK_SECRET", _sendgrid),
    "postmark": Provider("postmark.PostmarkInboundWebhookView", "WEBHOOK_SECRET", _postmark),
    "mandrill": Provider("mandrill.MandrillCombinedWebhookView", "MANDRILL_WEBHOOK_KEY", _mandrill),
    "sparkpost": Provider("sparkpost.SparkPostInboundWebhookView", "WEBHOOK_SECRET", _sparkpost),
    "mailersend": Provider("mailersend.MailerSendInboundWebhookView", "MAILERSEND_INBOUND_SECRET", _mailersend),
    "postal": Provider("postal.PostalInboundWebhookView", "POSTAL_WEBHOOK_KEY", _postal),
    "amazon_ses": Provider("amazon_ses.AmazonSESInboundWebhookView", "WEBHOOK_SECRET", _amazon_ses),
    "mailjet": Provider(MAILJET, "WEBHOOK_SECRET", _put_together(MAILJET)),
    "brevo": Provider(BREVO, "WEBHOOK_SECRET", _put_together(BREVO)),
    "resend": Provider(RESEND, "WEBHOOK_SECRET", _resend),
}
