"""Why a verb said no. Each has a sentence for the person who asked."""

from typing import Any

from django.utils.translation import gettext as _

from conversations.sizes import limit_in_words


class Refused(Exception):
    """A verb that the conversation's state doesn't allow now; `str()` is a sentence to show."""


class Ended(Refused):
    def __init__(self) -> None:
        super().__init__(_("This conversation has ended. Take it up again to write."))


class Rejected(Refused):
    """The candidate was rejected and can't write any more."""

    def __init__(self) -> None:
        super().__init__(_("This application is closed, so no more messages can be sent here."))


class Stopped(Refused):
    def __init__(self) -> None:
        super().__init__(_("This person wrote STOP and is not written to until they write START."))


class NoAddress(Refused):
    def __init__(self) -> None:
        super().__init__(_("There is no email address to write to. Add one first."))


class Unseen(Refused):
    """A colleague's message came before this one and its author has not seen it."""

    def __init__(self, message: Any) -> None:
        self.message = message
        super().__init__(_("%(name)s has just written. Read it, then send yours.") % {"name": message.author_name})


class NothingSaid(Refused):
    def __init__(self) -> None:
        super().__init__(_("Write something, or attach a file."))


class TooLarge(Refused):
    def __init__(self, name: str, limit: int) -> None:
        self.name = name
        values = {"name": name, "limit": limit_in_words(limit)}
        super().__init__(_("%(name)s is too large: a file can have up to %(limit)s. Nothing was sent.") % values)


class RefusedFile(Refused):
    """A file that isn't taken, whoever sends it."""


class RefusedKind(RefusedFile):
    def __init__(self, name: str, kinds: str) -> None:
        values = {"name": name, "kinds": kinds}
        super().__init__(_("%(name)s is not of a kind that is taken here. Taken are: %(kinds)s.") % values)


class Infected(RefusedFile):
    def __init__(self, name: str, found: str) -> None:
        super().__init__(_("%(name)s is infected (%(found)s). Nothing was sent.") % {"name": name, "found": found})


class NotScanned(RefusedFile):
    def __init__(self) -> None:
        super().__init__(_("Files can't be checked for viruses at the moment. Try again in a few minutes."))


class ScannerAway(NotScanned):
    """Nobody answers: neither would they about another file."""


class TooMany(Refused):
    def __init__(self, limit: int) -> None:
        super().__init__(_("Too many files at once: up to %(limit)s can go with a message.") % {"limit": limit})


class NotMovable(Refused):
    def __init__(self) -> None:
        super().__init__(_("Only what came in can be moved to another conversation."))


class AlreadyThere(Refused):
    def __init__(self) -> None:
        super().__init__(_("This message is in that conversation already."))


class Taken(Refused):
    """Somebody else has this address."""

    def __init__(self, address: str, name: str) -> None:
        super().__init__(_("%(address)s is an address of %(name)s.") % {"address": address, "name": name})


class TooLate(Refused):
    def __init__(self) -> None:
        super().__init__(_("It has left already and can't be taken back."))


class Past(Refused):
    def __init__(self) -> None:
        super().__init__(_("That time has passed, or is more than a year away. Choose another one."))


class NoTime(Refused):
    def __init__(self) -> None:
        super().__init__(_("Choose a date and a time."))


class Faster(Refused):
    """Somebody else did it first; says who."""

    def __init__(self, who: Any, sentence: str) -> None:
        self.who = who
        super().__init__(sentence)


class AppointmentOver(Refused):
    def __init__(self) -> None:
        super().__init__(_("This appointment is over or cancelled, so nothing was changed. Make another one."))


class AppointmentAhead(Refused):
    def __init__(self) -> None:
        super().__init__(_("This appointment hasn’t begun yet."))


class NoSuchTime(Refused):
    """A local time that the clock jumps over."""

    def __init__(self) -> None:
        super().__init__(_("The clock jumps over that time on that day. Choose another one."))
