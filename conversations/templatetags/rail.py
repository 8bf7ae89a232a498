from typing import Any

from django import template

from accounts.models import Availability
from accounts.presence import on_screen
from conversations.navigation import place_of, rail_of

register = template.Library()


@register.inclusion_tag("conversations/_rail.html", takes_context=True)
def rail(context: dict[str, Any]) -> dict[str, Any]:
    """The main navigation; any page of a member has it by `{% rail %}`."""
    request = context["request"]
    return {
        "sections": rail_of(request.member),
        "path": place_of(request.get_full_path()),
        "member": request.member,
        "organization": request.organization,
        "places": request.places,
        "workspaces": list(request.organization.workspaces()),
        "availability": Availability(on_screen(request.member)),
        "availabilities": list(Availability.choices),
        "csrf_token": context.get("csrf_token"),
    }
