"""Why an arrival became no message. The name stands on its row, and `str()` explains it to an admin."""

from dataclasses import dataclass, field
from typing import Any


@dataclass(frozen=True)
class Line:
    """A line of a conversation's thread: kind and data of an Event."""

    conversation: Any
    kind: str
    data: dict[str, str] = field(default_factory=dict)


class ArrivalRefused(Exception):
    """`answer` asks for one automatic answer to its sender. `line` is what a conversation's thread says of it."""

    answer = False
    line: "Line | None" = None

    @property
    def name(self) -> str:
        return type(self).__name__


class UnknownAddress(ArrivalRefused):
    """The address leads nowhere, or not any more."""


class UnknownSender(ArrivalRefused):
    """It doesn't say who wrote it."""


class SenderMismatch(ArrivalRefused):
    """Somebody else wrote to the address that lets a member answer."""


class AutoReply(ArrivalRefused):
    """A machine wrote it: an absence notice, a receipt, a newsletter."""

    def __init__(self, reason: str = "", line: Line | None = None) -> None:
        super().__init__(reason)
        self.line = line


class Held(ArrivalRefused):
    """Its sender writes too many mails: it waits in the quarantine for somebody to look."""

    def __init__(self, reason: str = "", line: Line | None = None) -> None:
        super().__init__(reason)
        self.line = line


class Forgotten(ArrivalRefused):
    """It answers a mail of ours that isn't kept any more: the person or the conversation was deleted."""

    answer = True


class Bounce(ArrivalRefused):
    """A mail of ours came back. `attempt` is the one that failed by it, if that is known and final."""

    def __init__(self, reason: str = "", attempt: Any = None) -> None:
        super().__init__(reason)
        self.attempt = attempt


class EmptyBody(ArrivalRefused):
    """Nothing was said and nothing attached."""


class RejectedCandidate(ArrivalRefused):
    """The candidate was rejected and can't write any more."""

    answer = True


class NotSent(ArrivalRefused):
    """A member answered by mail, and the conversation's state didn't allow it."""

    answer = True
