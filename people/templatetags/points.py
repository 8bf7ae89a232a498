from django import template
from django.utils.formats import number_format

register = template.Library()


@register.filter
def minus(number: int) -> str:
    """The number in the reader's form, with a real minus sign: −6."""
    return number_format(number, decimal_pos=0).replace("-", "−")


@register.filter
def signed(number: int) -> str:
    """What is added or taken: +20, −6."""
    return minus(number) if number < 0 else f"+{minus(number)}"
