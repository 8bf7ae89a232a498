"""A task is a nudge: a row in PostgreSQL says what is to be done, the task only that it can be done now.

So a broker that is away is no failure of whoever nudges, since sweepers find the rows; and it isn't asked again for a
while. A web process nudges from a thread of its own: nobody's answer waits for the broker.
"""

import time
from collections.abc import Callable
from concurrent.futures import Executor, ThreadPoolExecutor
from contextvars import copy_context
from typing import Any, ClassVar

import structlog
from celery import Task
from kombu.exceptions import OperationalError

PAUSE_SECONDS = 5.0
log = structlog.get_logger(__name__)


class Nudge(Task):
    """The base of all tasks."""

    abstract = True
    silent_until: ClassVar[float] = 0.0
    thread: ClassVar[Executor | None] = None

    def apply_async(self, *args: Any, **kwargs: Any) -> Any:
        """None when the broker is away, or when a thread asks it; never raises for that."""
        if Nudge.thread is None or self.app.conf.task_always_eager:
            return self._nudge(*args, **kwargs)
        # The worker's log lines carry the request's marks, which this thread's context holds.
        Nudge.thread.submit(copy_context().run, self._nudge, *args, **kwargs)
        return None

    def _nudge(self, *args: Any, **kwargs: Any) -> Any:
        if time.monotonic() < Nudge.silent_until:
            return None
        try:
            return super().apply_async(*args, **kwargs)
        except OperationalError as error:
            Nudge.silent_until = time.monotonic() + PAUSE_SECONDS
            log.warning("broker_away", task=self.name, error=repr(error))
            return None


def nudge_from_a_thread() -> Callable[[], object]:
    """From now on, in this process. What is returned waits for the nudges under way; so does the end of the process."""
    thread = Nudge.thread = ThreadPoolExecutor(1, "nudges")
    return lambda: thread.submit(bool).result()
