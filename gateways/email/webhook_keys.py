"""How the reports of mail providers prove where they come from: a secret of the address, and the provider's signature.

The installation's own provider has its keys in the environment (ANYMAIL_…); an organization's account has a secret
in its address, and the signing key that its admin copied from the provider.
"""

from enum import Enum
from typing import Any
from uuid import UUID

from django.conf import settings
from django.urls import reverse

from accounts.sealing import unseal
from accounts.secret_links import token_of, tokens_of
from accounts.tenancy import enter
from gateways.doors import organization_of_account
from gateways.email.transport import amazon_client
from gateways.models import ChannelAccount

USER = "recruitchat"


class View(Enum):
    """What reads and checks each provider's reports."""

    amazon_ses = "gateways.email.amazon.Reports"
    brevo = "anymail.webhooks.brevo.BrevoTrackingWebhookView"
    mailersend = "anymail.webhooks.mailersend.MailerSendTrackingWebhookView"
    mailgun = "anymail.webhooks.mailgun.MailgunTrackingWebhookView"
    mailjet = "anymail.webhooks.mailjet.MailjetTrackingWebhookView"
    mailtrap = "anymail.webhooks.mailtrap.MailtrapTrackingWebhookView"
    mandrill = "anymail.webhooks.mandrill.MandrillCombinedWebhookView"
    postmark = "anymail.webhooks.postmark.PostmarkTrackingWebhookView"
    resend = "gateways.email.resend.Reports"
    sendgrid = "anymail.webhooks.sendgrid.SendGridTrackingWebhookView"
    sparkpost = "anymail.webhooks.sparkpost.SparkPostTrackingWebhookView"


SIGNING_KEY = {
    "mailersend": "signing_secret",
    "mailgun": "webhook_signing_key",
    "mailtrap": "tracking_secret",
    "mandrill": "webhook_key",
    "resend": "signing_secret",
    "sendgrid": "tracking_webhook_verification_key",
}


def keys_of(provider: str, account_id: UUID | None) -> dict[str, Any] | None:
    """What the provider's view is made with; None when nothing would prove anything."""
    if account_id is None:
        return {} if _is_set_up(provider) else None
    organization_id = organization_of_account(account_id)
    if not organization_id:
        return None
    with enter(organization_id):
        account = ChannelAccount.objects.filter(pk=account_id, provider=provider, is_active=True).first()
    if account is None:
        return None
    keys: dict[str, Any] = {"webhook_secret": [f"{USER}:{secret}" for secret in tokens_of(_nonce_of(account))]}
    if account.provider == "amazon_ses":
        return keys | {"client_params": amazon_client(account)}
    signing_key = unseal(account.sealed_webhook_key)
    return keys | ({SIGNING_KEY[provider]: signing_key} if signing_key and provider in SIGNING_KEY else {})


def secret_of(account: ChannelAccount) -> str:
    return token_of(_nonce_of(account))


def webhook_url(account: ChannelAccount) -> str:
    """What the admin copies into the provider's settings."""
    scheme, _, host = settings.SITE_URL.partition("://")
    path = reverse("gateways:tracking_of", args=[account.provider, account.pk])
    return f"{scheme}://{USER}:{secret_of(account)}@{host}{path}"


def _nonce_of(account: ChannelAccount) -> str:
    return f"webhook-{account.pk.hex}"


def _is_set_up(provider: str) -> bool:
    names = {"WEBHOOK_SECRET", f"{provider}_{SIGNING_KEY.get(provider, '')}".upper()}
    return any(settings.ANYMAIL.get(name) for name in names)
