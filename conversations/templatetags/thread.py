from urllib.parse import quote

from django import template
from django.utils.html import urlize
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

from conversations.models import Event
from conversations.scanning import NOT_SCANNED
from conversations.undeliverable import plainly
from conversations.wording import sentence

register = template.Library()
register.filter(plainly)


@register.filter
def in_words(event: Event) -> str:
    """A line of the system in words."""
    return sentence(event)


@register.filter
def why_withheld(file: dict[str, str]) -> str:
    """Why nobody may fetch this file of a line."""
    if file["withheld"] == NOT_SCANNED:
        return _(NOT_SCANNED)
    return _("a virus was found (%(name)s)") % {"name": file["withheld"]}


@register.filter
def beside_page(file: dict[str, str]) -> str:
    """The address of a line's file, relative to the candidate's page: it holds no secret."""
    return f"files/{file['pk']}/{quote(file['name'], safe='')}"


@register.filter
def linked(text: str) -> SafeString:
    """Plain text with its addresses as links, which open beside the page and say nothing about it."""
    links = urlize(text, nofollow=True, autoescape=True)
    # Quotes of the text itself are escaped, so that only the tags of `urlize` can match.
    return mark_safe(links.replace('rel="nofollow"', 'rel="nofollow noopener noreferrer" target="_blank"'))  # noqa: S308
