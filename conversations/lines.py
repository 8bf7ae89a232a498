"""The lines of a thread, a page at a time: by number, so that a page can ask for what it missed."""

from typing import TYPE_CHECKING

from django.db.models import Prefetch, QuerySet
from django.utils import timezone

from conversations.models.event import Event
from conversations.models.file import MessageFile

if TYPE_CHECKING:
    from conversations.models import Conversation

PAGE = 50
SHOWN = (
    "conversation_id",
    "number",
    "kind",
    "data",
    "created_at",
    "member__user__name",
    "member__user__email",
    "message__author_id",
    "message__client_id",
    "message__kind",
    "message__channel",
    "message__text",
    "message__quoted_text",
    "message__third_party",
    "message__created_at",
    "message__delivery_state",
    "message__delivery_reason",
)
FILES = Prefetch("message__files", MessageFile.objects.only("message_id", "name", "size"))
SEEN_BY_CANDIDATE = {Event.Kind.MESSAGE_RECEIVED, Event.Kind.REPLIED}


def all_lines(conversation: "Conversation") -> QuerySet[Event]:
    """Every line with what its fragment shows beside the conversation; one query more for files, none a line.

    Who wrote a message is the event's member: each join and column less is felt, a thread is opened all day.
    """
    return conversation.events.select_related("message", "member__user").only(*SHOWN).prefetch_related(FILES)


def candidate_lines(conversation: "Conversation") -> QuerySet[Event]:
    """What the candidate may see: what was said to them and by them, never a note, a line of the system,
    or what its author can still take back."""
    said = all_lines(conversation).filter(kind__in=SEEN_BY_CANDIDATE, message__third_party="")
    return said.exclude(message__held_until__gt=timezone.now())


def latest(lines: QuerySet[Event], *, before: int | None = None) -> tuple[list[Event], bool]:
    """A page of the last lines (before a number), oldest first, and whether there are older ones."""
    if before is not None:
        lines = lines.filter(number__lt=before)
    page = list(lines.order_by("-number")[: PAGE + 1])
    return page[:PAGE][::-1], len(page) > PAGE


def later(lines: QuerySet[Event], *, after: int) -> list[Event]:
    """The lines after a number, oldest first; at most four pages, the page asks again for the rest."""
    return list(lines.filter(number__gt=after).order_by("number")[: 4 * PAGE])
