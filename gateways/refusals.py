"""Why an arrival became no message. The name stands on its row, and `str()` explains it to an admin."""

from dataclasses import dataclass, field
from enum import Enum, auto
from typing import Any, ClassVar


class Told(Enum):
    """Who learns that an arrival became no message, beside the admins who find its row."""

    NOBODY = auto()  # there is nobody to tell, or it might be somebody who never wrote
    AUTHOR = auto()  # by one automatic answer
    MEMBERS = auto()  # by a line of the thread
    AUTHOR_AND_MEMBERS = auto()


@dataclass(frozen=True)
class Line:
    """A line of a conversation's thread: kind and data of an Event."""

    conversation: Any
    kind: str
    data: dict[str, str] = field(default_factory=dict)


class ArrivalRefused(Exception):
    """`line` is what a conversation's thread says of it, if it is known which."""

    told: ClassVar[Told]

    def __init_subclass__(cls, *, told: Told) -> None:
        super().__init_subclass__()
        cls.told = told

    def __init__(self, reason: str = "", line: Line | None = None) -> None:
        super().__init__(reason)
        self.line = line

    @property
    def name(self) -> str:
        return type(self).__name__

    @property
    def answer(self) -> bool:
        return self.told in {Told.AUTHOR, Told.AUTHOR_AND_MEMBERS}


class UnknownAddress(ArrivalRefused, told=Told.NOBODY):
    """The address leads nowhere."""


class UnknownSender(ArrivalRefused, told=Told.NOBODY):
    """It doesn't say who wrote it."""


class Forged(ArrivalRefused, told=Told.NOBODY):
    """It came from an address that we don't know, and whoever sent it may not use that."""


class SenderMismatch(ArrivalRefused, told=Told.AUTHOR_AND_MEMBERS):
    """It came to the address that lets a member answer, and not from them: they are told, wherever it came from."""


class AutoReply(ArrivalRefused, told=Told.MEMBERS):
    """A machine wrote it: an absence notice, a receipt, a newsletter."""


class Held(ArrivalRefused, told=Told.MEMBERS):
    """Its sender writes too many mails: it waits in the quarantine for somebody to look."""


class Forgotten(ArrivalRefused, told=Told.AUTHOR):
    """It answers a mail of ours that isn't kept any more: the person or the conversation was deleted."""


class Bounce(ArrivalRefused, told=Told.MEMBERS):
    """A mail of ours came back. `attempt` is the one that failed by it, if that is known and final."""

    def __init__(self, reason: str = "", attempt: Any = None) -> None:
        super().__init__(reason)
        self.attempt = attempt


class EmptyBody(ArrivalRefused, told=Told.AUTHOR):
    """Nothing was said and nothing attached."""


class RejectedCandidate(ArrivalRefused, told=Told.AUTHOR):
    """The candidate was rejected and can't write any more."""


class NotSent(ArrivalRefused, told=Told.AUTHOR):
    """A member answered by mail, and the conversation's state didn't allow it."""
