"""The server or provider by which an address sends, when it has one of its own."""

import ipaddress
import socket
from typing import Any

from django.conf import settings
from django.core.mail.backends.base import BaseEmailBackend
from django.core.mail.backends.smtp import EmailBackend
from django.utils.module_loading import import_string

from accounts.mailing import PermanentFailure, TemporaryFailure
from accounts.sealing import unseal
from gateways.models import ChannelAccount

SMTP_PORT, TLS_PORT = 587, 465
TIMEOUT_SECONDS = 20
# How each provider's backend of anymail calls its secret.
SECRET = {
    "brevo": "api_key", "mailersend": "api_token", "mailgun": "api_key", "mailjet": "secret_key",
    "mailtrap": "api_token", "mandrill": "api_key", "postmark": "server_token", "resend": "api_key",
    "sendgrid": "api_key", "sparkpost": "api_key",
}  # fmt: skip


AMAZON = "anymail.backends.amazon_ses.EmailBackend"  # imports boto3


def transport_of(account: ChannelAccount) -> BaseEmailBackend | None:
    """None: it goes the installation's way."""
    if not account.provider:
        return None
    secret = unseal(account.sealed_secret)
    if account.provider == "smtp":
        return _smtp(account, secret)
    if account.provider == "amazon_ses":
        return import_string(AMAZON)(alias=str(account.pk), client_params=amazon_client(account))
    options = {SECRET[account.provider]: secret} | _more(account)
    backend = import_string(f"anymail.backends.{account.provider}.EmailBackend")
    return backend(alias=str(account.pk), requests_timeout=TIMEOUT_SECONDS, **options)


def amazon_client(account: ChannelAccount) -> dict[str, Any]:
    """What boto3 makes the account's clients with."""
    login = {"aws_access_key_id": account.username, "aws_secret_access_key": unseal(account.sealed_secret)}
    everyones: dict[str, Any] = settings.ANYMAIL.get("AMAZON_SES_CLIENT_PARAMS", {})
    return {**everyones, **login, "region_name": account.server}


def is_postmark(transport: BaseEmailBackend | None) -> bool:
    """Whether it goes out by Postmark, by its API or its SMTP server."""
    name = getattr(transport, "esp_name", "") if transport else settings.MAIL_PROVIDER
    host = getattr(transport, "host", "") if transport else settings.SMTP_HOST
    return name.lower() == "postmark" or (host or "").endswith(".postmarkapp.com")


def sending_domain(account: ChannelAccount) -> str:
    """The domain of the envelope's sender: Mailgun's customers choose one of those they have there."""
    return account.server if account.provider == "mailgun" and account.server else account.domain


def _more(account: ChannelAccount) -> dict[str, str]:
    if account.provider == "mailgun":
        return {"sender_domain": sending_domain(account)}
    return {"api_key": account.username} if account.provider == "mailjet" else {}


class OutsideServer(EmailBackend):
    """An SMTP server that an organization names: never one of our own network."""

    def open(self) -> bool | None:
        if settings.PRODUCTION:
            check_outside(self.host)
        return super().open()


def check_outside(host: str) -> None:
    """Raises PermanentFailure for an address that isn't public, TemporaryFailure where the name isn't known."""
    try:
        found = socket.getaddrinfo(host, None, proto=socket.IPPROTO_TCP)
    except OSError as error:
        raise TemporaryFailure(str(error)) from error
    if not all(ipaddress.ip_address(address[4][0]).is_global for address in found):
        raise PermanentFailure(f"{host} is not a public mail server.")


def _smtp(account: ChannelAccount, secret: str) -> BaseEmailBackend:
    host, _, typed = account.server.partition(":")
    port = int(typed) if typed.isdecimal() else SMTP_PORT
    security: dict[str, Any] = {"use_ssl": True} if port == TLS_PORT else {"use_tls": settings.PRODUCTION}
    login: dict[str, Any] = {"username": account.username, "password": secret}
    return OutsideServer(alias=str(account.pk), host=host, port=port, timeout=TIMEOUT_SECONDS, **login, **security)
