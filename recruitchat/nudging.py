"""A task is a nudge: a row in PostgreSQL says what is to be done, the task only that it can be done now.

So a broker that is away is no failure of whoever nudges, since sweepers find the rows; and it isn't asked again for a
while, so that nobody's request waits for it.
"""

import time
from typing import Any

import structlog
from celery import Task
from kombu.exceptions import OperationalError

PAUSE_SECONDS = 5.0
log = structlog.get_logger(__name__)


class Nudge(Task):
    """The base of all tasks."""

    abstract = True
    silent_until = 0.0

    def apply_async(self, *args: Any, **kwargs: Any) -> Any:
        """None when the broker is away; never raises for that."""
        if time.monotonic() < Nudge.silent_until:
            return None
        try:
            return super().apply_async(*args, **kwargs)
        except OperationalError as error:
            Nudge.silent_until = time.monotonic() + PAUSE_SECONDS
            log.warning("broker_away", task=self.name, error=repr(error))
            return None
