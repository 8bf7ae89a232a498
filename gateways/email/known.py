"""What mails that came are held against, asked for all of them together."""

from collections.abc import Collection
from typing import NamedTuple, Self

from accounts.secret_links import hash_of
from conversations.models import ReplyKey
from gateways.email import finding, flood
from gateways.email.identity import token_in
from gateways.models import Arrival
from gateways.refusals import UnknownAddress


class Known(NamedTuple):
    """`keys`: of reply addresses, by the hash of their secret. `busy`: who may have sent too many mails."""

    keys: dict[str, ReplyKey]
    busy: frozenset[str]

    @classmethod
    def about(cls, arrivals: Collection[Arrival]) -> Self:
        keys = finding.keys_of(arrival.envelope_to for arrival in arrivals)
        return cls({key.token_hash: key for key in keys}, flood.busy_among(arrivals) if arrivals else frozenset())

    def key_of(self, address: str) -> ReplyKey | None:
        """The key of a reply address; None for a mailbox. Raises UnknownAddress."""
        if not (token := token_in(address)):
            return None
        if key := self.keys.get(hash_of(token)):
            return key
        raise UnknownAddress(address)

    def may_be_flood(self, arrival: Arrival) -> bool:
        return flood.sender_of(arrival) in self.busy
