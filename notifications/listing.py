"""A member's own notifications."""

from django.db.models import BooleanField, Exists, OuterRef, Q, QuerySet
from django.db.models.expressions import ExpressionWrapper

from accounts.models import Member
from conversations.models import Reading
from notifications.models import Notification

WORDS = [f"event__message__{name}" for name in ("text", "quoted_text", "search")]


def of_member(member: Member) -> QuerySet[Notification]:
    """Newest first; `is_unread` until it was opened here, or its place in the conversation was read."""
    unread = ExpressionWrapper(_unread(member), output_field=BooleanField())
    related = ("conversation__person", "conversation__campaign", "event__member__user", "event__message")
    mine = Notification.objects.filter(member=member).select_related(*related).defer(*WORDS)
    return mine.annotate(is_unread=unread).order_by("-created_at")


def unread_of(member: Member) -> QuerySet[Notification]:
    return of_member(member).filter(is_unread=True)  # type: ignore[misc] # annotated


def _unread(member: Member) -> Q:
    read = Reading.objects.filter(
        member=member, conversation=OuterRef("conversation"), number__gte=OuterRef("event__number")
    )
    return Q(read_at=None) & Q(~Exists(read))
