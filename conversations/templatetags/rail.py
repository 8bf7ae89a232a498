from typing import Any

from django import template

from accounts.models import Availability
from accounts.presence import on_screen
from conversations.counts import numbers_of
from conversations.destinations import destinations_of
from conversations.navigation import rail_of

register = template.Library()


@register.inclusion_tag("conversations/_rail.html", takes_context=True)
def rail(context: dict[str, Any]) -> dict[str, Any]:
    """The main navigation; any page of a member has it by `{% rail %}`. A guest's one number comes with it."""
    request = context["request"]
    destinations = destinations_of(request.member)
    numbers = numbers_of(request.member) if request.member.is_guest else None
    return {
        "rail": rail_of(request.member, request.get_full_path(), destinations, numbers),
        "member": request.member,
        "organization": request.organization,
        "places": request.places,
        "workspaces": destinations.workspaces,
        "availability": Availability(on_screen(request.member)),
        "availabilities": list(Availability.choices),
        "csrf_token": context.get("csrf_token"),
    }
