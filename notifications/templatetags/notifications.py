from django import template

from notifications import wording
from notifications.models import Notification

register = template.Library()


@register.filter
def sentence(notification: Notification) -> str:
    """What happened, in words."""
    return wording.sentence(notification)
