"""Where telling members needs to know of a delivery: the one place that sees both apps."""

from uuid import UUID

from django.db.models import Q, QuerySet

from accounts.models import Member
from conversations.live import access_changed
from conversations.models import Event
from delivery.models import Delivery
from notifications.models import Notification
from notifications.telling import tell


def tell_recipients(event: Event) -> None:
    """Every recipient of the delivery, and every member of a team it went to; not who delivered."""
    assert event.member_id  # somebody delivers
    delivery = Delivery.objects.get(pk=event.data["delivery"])
    if delivery.withdrawn_at is None:
        tell(event, Notification.Kind.DELIVERED, _recipients(delivery.pk).exclude(pk=event.member_id))


def shut_out(event: Event) -> None:
    """The recipients of a withdrawn delivery: their open screens look again at what they may show."""
    access_changed(*_recipients(UUID(event.data["delivery"])))


def _recipients(delivery_id: UUID) -> QuerySet[Member]:
    named = Q(received__delivery=delivery_id) | Q(teams__received__delivery=delivery_id)
    return Member.objects.active().filter(named).distinct().select_related("user")
