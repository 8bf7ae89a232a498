"""How much of a thread somebody sees to whom it was delivered."""

from django.db.models import Q, QuerySet

from accounts.models import Member
from conversations import lines
from conversations.models import Conversation, Event, Grant


def lines_for(member: Member, conversation: Conversation) -> QuerySet[Event]:
    """A guest sees what was said to the end of the leg they were given, and what they wrote; a member everything."""
    shown = lines.all_lines(conversation).order_by("number")
    if not member.is_guest:
        return shown
    given = Q(kind__in=lines.SEEN_BY_CANDIDATE | {Event.Kind.DELIVERED})
    until = until_number(member, conversation)
    if until is not None:
        given &= Q(number__lte=until)
    return shown.filter(given | Q(message__author=member))


def until_number(member: Member, conversation: Conversation) -> int | None:
    """The last line this guest may see, 0 for nothing; None for no end, while they have the conversation."""
    grants = Grant.objects.filter(Q(member=member) | Q(team__members=member), conversation=conversation)
    numbers = list(grants.filter(revoked_at=None).values_list("until_number", flat=True))
    return None if None in numbers else max((number for number in numbers if number is not None), default=0)
