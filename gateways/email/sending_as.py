"""As whom a conversation's mails go out: the address and name in From, the server they go by, the key they are signed
with."""

from dataclasses import dataclass
from uuid import UUID

from django.conf import settings
from django.core.mail.backends.base import BaseEmailBackend
from django.db.models import Q, QuerySet
from django.db.models.functions import Lower

from accounts.mailing import named
from conversations.models import Conversation, Message
from gateways.email.signing import Signer
from gateways.email.transport import sending_domain, transport_of
from gateways.models import Arrival, ChannelAccount, SendingDomain

NAME = "{member}, {organization}"
NAME_FIELDS = ("{member}", "{organization}")


@dataclass(frozen=True)
class Mailbox:
    """`transport` None means the installation's own way; otherwise it is that of the account.

    `bounces_to` is the envelope's sender where it isn't the reply address: an organization's own server or provider
    takes none of another's domain, and receivers ask SPF of the domain that stands there.
    """

    address: str
    name: str = NAME
    transport: BaseEmailBackend | None = None
    signer: Signer | None = None
    account_id: UUID | None = None
    bounces_to: str = ""

    def name_for(self, message: Message) -> str:
        """The name in From, of one line: it stands in a header."""
        if message.is_automatic:
            return " ".join(message.conversation.organization.name.split())
        values = (message.author_name, message.conversation.organization.name)
        return " ".join(filled_in(self.name or NAME, dict(zip(NAME_FIELDS, values, strict=True))).split())


def filled_in(name: str, fields: dict[str, str]) -> str:
    for field, value in fields.items():
        name = name.replace(field, value)
    return name


def mailbox_of(conversation: Conversation) -> Mailbox:
    """The campaign's own, else its workspace's (an account of no campaign), else the installation's."""
    account = account_of(conversation)
    if account is None:
        return Mailbox(settings.DEFAULT_FROM_EMAIL)
    name, signer = account.from_name, _signer(account) if _goes_by_smtp(account) else None
    if not account.provider:
        return Mailbox(account.address, name, signer=signer)
    return Mailbox(account.address, name, transport_of(account), signer, account.pk, _own_envelope(account))


def _own_envelope(account: ChannelAccount) -> str:
    return named("", f"{account.address.rpartition('@')[0]}@{sending_domain(account)}")


def account_of(conversation: Conversation) -> ChannelAccount | None:
    """Of no campaign's conversation, the one that its person wrote to. Never one of another workspace: that may be
    another client's."""
    accounts = ChannelAccount.objects.filter(channel="email", is_active=True)
    if campaign := conversation.campaign:
        fitting = Q(campaign=campaign) | Q(campaign=None, workspace=campaign.workspace_id)
        return accounts.filter(fitting).order_by("campaign", "pk").first()  # NULLs come last
    if came_to := _account_that_took(conversation, accounts):
        return came_to
    is_divided = conversation.organization.workspaces().count() > 1
    return None if is_divided else accounts.filter(campaign=None).order_by("pk").first()


def _account_that_took(conversation: Conversation, accounts: QuerySet[ChannelAccount]) -> ChannelAccount | None:
    """The one that the person wrote to."""
    addresses = Arrival.objects.filter(message__conversation=conversation).values(address=Lower("envelope_to"))
    return accounts.filter(campaign=None, address__in=addresses).order_by("pk").first()


def _goes_by_smtp(account: ChannelAccount) -> bool:
    """A provider signs what it sends by itself, and changes what it is given."""
    return account.provider == "smtp" or (not account.provider and not settings.MAIL_PROVIDER)


def _signer(account: ChannelAccount) -> Signer | None:
    domain = SendingDomain.objects.filter(domain=account.domain, is_published=True).first()
    return Signer.of(domain) if domain else None
