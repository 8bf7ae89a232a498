"""The lines of a thread, a page at a time: by number, so that a page can ask for what it missed."""

from typing import TYPE_CHECKING

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import OuterRef, QuerySet
from django.db.models.functions import JSONObject
from django.utils import timezone

from conversations.models.event import Event
from conversations.models.file import MessageFile

if TYPE_CHECKING:
    from conversations.models import Conversation

PAGE = 50
NOT_SHOWN = (
    "message__search",
    *(f"member__{name}" for name in ("role", "availability", "away_until", "last_seen_at", "open_limit", "joined_at")),
    *(f"member__user__{name}" for name in ("password", "last_login", "language", "time_zone", "date_joined")),
    *(f"member__user__{name}" for name in ("is_superuser", "is_staff", "is_active")),
)
OF_A_FILE = ("pk", "name", "size", "withheld")
SEEN_BY_CANDIDATE = {Event.Kind.MESSAGE_RECEIVED, Event.Kind.REPLIED}


def all_lines(conversation: "Conversation") -> QuerySet[Event]:
    """Every line with what its fragment shows beside the conversation, in one query; `files`: what is shown of each.

    Who wrote a message is the event's member: each join and column less is felt, a thread is opened all day.
    """
    files = MessageFile.objects.filter(message=OuterRef("message")).order_by("pk")
    rows = ArraySubquery(files.values(row=JSONObject(**{fact: fact for fact in OF_A_FILE})))
    return conversation.events.select_related("message", "member__user").defer(*NOT_SHOWN).annotate(files=rows)


def fresh(event: Event) -> Event:
    """An event that was recorded just now, as it would come from `all_lines`."""
    if event.message and not hasattr(event, "files"):
        if (files := event.message.attached) is None:
            files = list(event.message.files.only(*OF_A_FILE))
        event.files = [{fact: getattr(file, fact) for fact in OF_A_FILE} for file in files]  # type: ignore[attr-defined]
    return event


def is_seen_by_candidate(line: Event) -> bool:
    """What `candidate_lines` narrows to, of one line at hand."""
    message = line.message
    if message is None or line.kind not in SEEN_BY_CANDIDATE or message.third_party:
        return False
    return message.held_until is None or message.held_until <= timezone.now()


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
