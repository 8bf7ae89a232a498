"""Where telling members needs to know of a delivery: the one place that sees both apps."""

from django.db.models import Q

from accounts.models import Member
from conversations.models import Event
from delivery.models import Delivery
from notifications.models import Notification
from notifications.telling import tell


def tell_recipients(event: Event) -> None:
    """Every recipient of the delivery, and every member of a team it went to; not who delivered."""
    assert event.member_id  # somebody delivers
    delivery = Delivery.objects.get(pk=event.data["delivery"])
    named = Q(received__delivery=delivery) | Q(teams__received__delivery=delivery)
    recipients = Member.objects.active().filter(named).exclude(pk=event.member_id).distinct().select_related("user")
    tell(event, Notification.Kind.DELIVERED, recipients)
