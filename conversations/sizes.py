from django.template.defaultfilters import filesizeformat
from django.utils.formats import get_format


def limit_in_words(size: int) -> str:
    """How large something may be, of `size` bytes: 20 MB, not 20.0 MB."""
    return filesizeformat(size).replace(f"{get_format('DECIMAL_SEPARATOR')}0\N{NO-BREAK SPACE}", "\N{NO-BREAK SPACE}")
