"""What the first task of a worker would wait for: done once, before its processes fork."""

import gc

from django.conf import settings
from django.template.loader import get_template
from django.urls import reverse
from django.utils.translation import gettext, override

OBJECTS_TO_COLLECT = 20_000  # a mail's reading makes thousands that are gone without being looked for
SHOWN_LIVE = ("conversations/_item.html", "conversations/_event.html", "conversations/_thread_state.html")


def warm_up() -> None:
    """Loads addresses, words and the templates of the live screens; the processes share them."""
    reverse("home")
    for language, _name in settings.LANGUAGES:
        with override(language):
            gettext("Inbox")
    for template in SHOWN_LIVE:
        get_template(template)
    gc.set_threshold(OBJECTS_TO_COLLECT)
    gc.freeze()  # or the first collection in each process copies all of it
