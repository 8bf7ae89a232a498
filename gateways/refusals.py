"""Why an arrival became no message. The name stands on its row, and `str()` explains it to an admin."""

from typing import Any


class ArrivalRefused(Exception):
    """`answer` asks for one automatic answer to its sender."""

    answer = False

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


class NotUnderstood(ArrivalRefused):
    """Understanding it broke, several times."""
