"""What the world's name servers say (DNS), while there is time to wait for them."""

from collections.abc import Callable
from functools import cache
from time import monotonic
from typing import Any

from dns.exception import DNSException
from dns.name import EmptyLabel, LabelTooLong, NameTooLong
from dns.resolver import NXDOMAIN, NoAnswer, Resolver

# A name and a kind (TXT, MX, A, AAAA, PTR) → its records: bytes of a TXT, (preference, host) of an MX, text of the
# others. Raises Away.
Ask = Callable[[str, str], list[Any]]

ANSWER_SECONDS, ALL_SECONDS = 3.0, 10.0
READ: dict[str, Callable[[Any], Any]] = {
    "TXT": lambda record: b"".join(record.strings),
    "MX": lambda record: (record.preference, record.exchange.to_text(omit_final_dot=True)),
    "PTR": lambda record: record.target.to_text(omit_final_dot=True),
    "A": lambda record: record.address,
    "AAAA": lambda record: record.address,
}


class Away(Exception):
    """No name server has answered in time."""


class NameServers:
    """Those of this machine, for the questions about one mail."""

    def __init__(self) -> None:
        self.until = monotonic() + ALL_SECONDS

    def __call__(self, name: str, kind: str) -> list[Any]:
        left = self.until - monotonic()
        if left <= 0:
            raise Away(name)
        try:
            found = _resolver().resolve(name, kind, lifetime=min(left, ANSWER_SECONDS), search=False)
        except (NXDOMAIN, NoAnswer, EmptyLabel, LabelTooLong, NameTooLong):
            return []
        except (DNSException, OSError, UnicodeError) as error:
            raise Away(name) from error
        return [READ[kind](record) for record in found]


@cache
def _resolver() -> Resolver:
    return Resolver()
