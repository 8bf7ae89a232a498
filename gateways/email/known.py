"""The reply addresses to which mails came, asked for all of them together."""

from collections.abc import Iterable
from typing import Self

from django.conf import settings

from accounts.secret_links import hash_of
from conversations.models import ReplyKey
from gateways.email import finding
from gateways.email.identity import token_in
from gateways.refusals import Forgotten


class KnownKeys(dict[str, ReplyKey]):
    """Good keys by the hashes of their secrets."""

    @classmethod
    def of(cls, addresses: Iterable[str]) -> Self:
        """With their conversations locked, so that they needn't be read again to be changed; not where files are looked
        through for viruses before, which takes a while."""
        return cls({key.token_hash: key for key in finding.keys_of(addresses, locks=not settings.CLAMD_URL)})

    def at(self, address: str) -> ReplyKey | None:
        """The key of a reply address; None for a mailbox. Raises Forgotten."""
        if not (token := token_in(address)):
            return None
        if key := self.get(hash_of(token)):
            return key
        raise Forgotten(address)

    def are_used(self) -> None:
        """What is changed from now on is read again: something else may have changed it."""
        for key in self.values():
            key.conversation.is_read_under_lock = False


def languages_at(addresses: Iterable[str]) -> dict[str, str]:
    """In which languages people are written to by the reply addresses among these."""
    hashes = {address: hash_of(token) for address in addresses if (token := token_in(address))}
    if not hashes:
        return {}
    keys = ReplyKey.objects.filter(token_hash__in=hashes.values())
    known = dict(keys.values_list("token_hash", "conversation__person__language"))
    return {address: known[token_hash] for address, token_hash in hashes.items() if token_hash in known}
