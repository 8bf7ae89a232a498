from django import template
from django.forms import BoundField

register = template.Library()


@register.filter
def unprompted(field: BoundField) -> BoundField:
    """The field without the placeholder that would say its label again."""
    field.field.widget.attrs.pop("placeholder", None)
    return field
