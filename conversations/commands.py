"""The commands of the composer. Each app registers its own in `AppConfig.ready`."""

from dataclasses import dataclass

from django.urls import NoReverseMatch, reverse
from django.utils.functional import Promise

from conversations.models import Conversation

Text = str | Promise


@dataclass(frozen=True)
class Command:
    """`^name` in the composer, a key on the page. Opens the dialog at `url_name` for a conversation's id;
    without one, the composer's own element does what `name` says."""

    name: str
    title: Text
    key: str = ""
    url_name: str = ""
    position: int = 100


@dataclass(frozen=True)
class Offered:
    """A command as the composer of one conversation offers it."""

    name: str
    title: Text
    key: str
    url: str


_commands: dict[str, Command] = {}


def register(command: Command) -> None:
    """Adds a command, or replaces the one of that name."""
    _commands[command.name] = command


def offered_for(conversation: Conversation) -> list[Offered]:
    """The commands in their order. One whose app has no such address isn't offered."""
    found = []
    for command in sorted(_commands.values(), key=lambda command: (command.position, command.name)):
        try:
            url = reverse(command.url_name, args=[conversation.pk]) if command.url_name else ""
        except NoReverseMatch:
            continue
        found.append(Offered(command.name, command.title, command.key, url))
    return found
