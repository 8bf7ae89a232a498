"""The DNS records that let an organization's mails be believed, to be copied by its admin."""

from typing import NamedTuple

from gateways.email.signing import with_new_key
from gateways.email.transport import sending_domain
from gateways.models import ChannelAccount, SendingDomain

# What the providers ask to be included; those that are missing here say it on their own pages.
SPF_OF = {
    "amazon_ses": "include:amazonses.com",
    "brevo": "include:spf.brevo.com",
    "mailersend": "include:_spf.mailersend.net",
    "mailgun": "include:mailgun.org",
    "mailjet": "include:spf.mailjet.com",
    "mailtrap": "include:_spf.smtp.mailtrap.live",
    "mandrill": "include:spf.mandrillapp.com",
    "postmark": "include:spf.mtasv.net",
    "sendgrid": "include:sendgrid.net",
    "sparkpost": "include:sparkpostmail.com",
}


class Record(NamedTuple):
    name: str
    kind: str
    value: str
    why: str


def domain_of(account: ChannelAccount) -> SendingDomain | None:
    return SendingDomain.objects.filter(domain=account.domain).first()


def vouch_for(account: ChannelAccount, *, is_published: bool) -> SendingDomain:
    """The account's domain with its key, made when there is none."""
    domain = domain_of(account) or with_new_key(account.domain)
    domain.is_published = is_published
    domain.save()
    return domain


def records_of(account: ChannelAccount) -> list[Record]:
    """Without DKIM as long as the domain has no key; without SPF where that is asked of another domain."""
    return [
        *(Record(sending_domain(account), "TXT", f"v=spf1 {each} ~all", "SPF") for each in mechanisms_of(account)),
        *_dkim(account),
        Record(f"_dmarc.{account.domain}", "TXT", "v=DMARC1; p=none", "DMARC"),
    ]


def mechanisms_of(account: ChannelAccount) -> list[str]:
    """What the domain's SPF record has to let send. SPF is asked of the envelope's sender (RFC 7208, 2.4), whose domain
    is the account's only where it sends by a server or provider of its own."""
    if account.provider == "smtp":
        return [f"a:{account.server.partition(':')[0]}"]
    return [SPF_OF[account.provider]] if account.provider in SPF_OF else []


def _dkim(account: ChannelAccount) -> list[Record]:
    domain = domain_of(account)
    if domain is None:
        return []
    name = f"{domain.selector}._domainkey.{account.domain}"
    return [Record(name, "TXT", f"v=DKIM1; k=rsa; p={domain.public_key}", "DKIM")]
