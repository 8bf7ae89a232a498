"""Requests run in a few threads that stay, each with a database connection that stays.

Django gives each ASGI request a new thread, and so a new connection to PostgreSQL with cold caches, which costs more
than an inbox page. Here a request waits for one of the lanes; so a process never holds more connections than lanes.
"""

import asyncio
from collections.abc import Awaitable, Callable
from concurrent.futures import ThreadPoolExecutor
from typing import Any

from asgiref.sync import ThreadSensitiveContext

Receive = Callable[[], Awaitable[dict[str, Any]]]
LANES = 8
PAST_THE_LANES = "/health/"  # answered even when every lane waits for a database that has gone


class Lanes:
    """Wraps an ASGI application whose synchronous code runs in one lane from beginning to end of a request."""

    def __init__(self, application: Any, count: int = LANES) -> None:
        self.application = application
        self._free: asyncio.LifoQueue[ThreadPoolExecutor] = asyncio.LifoQueue()
        for _ in range(count):
            self._free.put_nowait(ThreadPoolExecutor(max_workers=1, thread_name_prefix="lane"))

    async def __call__(self, scope: Any, receive: Any, send: Any) -> None:
        if scope["path"].startswith(PAST_THE_LANES):
            await self.application(scope, receive, send)
            return
        lane = await self._free.get()
        try:
            async with ThreadSensitiveContext(executor=lane):
                await self.application(scope, carried_out(receive), send)
        finally:
            self._free.put_nowait(lane)


def carried_out(receive: Receive) -> Receive:
    """A request that came in whole is gone through whole, even when who asked has left.

    Django would cancel it half way: the lane's thread would go on inside a transaction that nobody waits for, while
    the lane is given to the next.
    """
    is_whole = False

    async def receive_unless_whole() -> dict[str, Any]:
        nonlocal is_whole
        if is_whole:
            await asyncio.Future()  # until Django has answered and stops listening
        message = await receive()
        is_whole = message["type"] == "http.request" and not message.get("more_body", False)
        return message

    return receive_unless_whole
