"""What the live screens are shown, in the words of who looks: rendered once a language."""

from collections.abc import Callable, Iterator
from functools import partial
from typing import Any

from django.template.loader import render_to_string
from django.utils import timezone
from django.utils.translation import override

from conversations import groups
from conversations.broadcasting import Broadcast

Said = dict[str, Any]


def drawn(template: str, context: dict[str, Any], language: str) -> str:
    """In this language, with the times of the zone of the context's `conversation`."""
    with override(language), timezone.override(context["conversation"].organization.zone):
        return render_to_string(template, context)


def to_each_language(heard_by: list[str], make: Callable[[str], Said]) -> Iterator[Broadcast]:
    for language in groups.LANGUAGES:
        yield Broadcast([groups.in_language(group, language) for group in heard_by], partial(make, language))
