"""Requests run in a few threads that stay, each with a database connection that stays.

Django gives each ASGI request a new thread, and so a new connection to PostgreSQL with cold caches, which costs more
than an inbox page. Here a request that has come in whole waits for one of the lanes; so a process never holds more
connections than lanes.
"""

import asyncio
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from typing import Any

from asgiref.sync import ThreadSensitiveContext

from recruitchat.bodies import Body

LANES = 8
PAST_THE_LANES = "/health/"  # answered even when every lane waits for a database that has gone
DELIVERIES = "/webhooks/mail/"


class Lanes:
    """Wraps an ASGI application whose synchronous code runs in one lane from beginning to end of a request, which may
    bring so many bytes; a provider's that brings a mail so many."""

    def __init__(self, application: Any, count: int = LANES, *, largest: int, largest_delivery: int = 0) -> None:
        self.application = application
        self.largest = largest
        self.largest_delivery = largest_delivery or largest
        self._free: asyncio.LifoQueue[ThreadPoolExecutor] = asyncio.LifoQueue()
        for _ in range(count):
            self._free.put_nowait(ThreadPoolExecutor(max_workers=1, thread_name_prefix="lane"))

    async def __call__(self, scope: Any, receive: Any, send: Any) -> None:
        if scope["path"].startswith(PAST_THE_LANES):
            await self.application(scope, receive, send)
            return
        is_delivery = scope["path"].startswith(DELIVERIES)
        with closing(Body(self.largest_delivery if is_delivery else self.largest)) as body:
            if await body.take_in(receive):
                await self._go(scope | {"is_too_large": body.is_too_large}, body.tell, send)

    async def _go(self, scope: Any, receive: Any, send: Any) -> None:
        lane = await self._free.get()
        try:
            async with ThreadSensitiveContext(executor=lane):
                await self.application(scope, receive, send)
        finally:
            self._free.put_nowait(lane)
