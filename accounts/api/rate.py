"""How many requests a token may make in a minute."""

import time
from typing import Any

from django.conf import settings

from accounts.counting import counted

WINDOW_SECONDS = 60


def seconds_to_wait(token_id: Any) -> int:
    """0, or the seconds until the next request is welcome."""
    window, passed = divmod(int(time.time()), WINDOW_SECONDS)
    made = counted(f"api-rate:{token_id}:{window}", seconds=2 * WINDOW_SECONDS)
    return WINDOW_SECONDS - passed if made > settings.API_REQUESTS_A_MINUTE else 0
