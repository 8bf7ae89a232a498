"""What all sockets of the live screens do: hear groups, as long as whoever is there may.

Each asks who may listen when it opens, when access changes, and now and then.
"""

import asyncio
import contextlib
import json
import time
from typing import Any
from uuid import UUID

import structlog
from channels.consumer import get_handler_name
from channels.generic.websocket import AsyncJsonWebsocketConsumer
from django.db import Error as DatabaseAway
from redis import RedisError

from conversations import admission
from conversations.admission import Admitted, Sitting
from conversations.asked_together import AskedTogether

NOT_THERE = 4404  # not there, or not theirs
ACCESS_GONE = 4403
NOT_UNDERSTOOD = 4400
TOO_FAST = 4429
TRY_LATER = 1013  # RFC 6455's registry; the page comes back by itself and asks for what it missed
ASK_AGAIN_SECONDS = 30
FRESH_SECONDS = 5
LONGEST_FRAME = 1000
STRETCH_SECONDS = 5
MOST_IN_STRETCH = 20
FLOOD = 200
AWAY = (DatabaseAway, RedisError, OSError)

Message = dict[str, Any]
log = structlog.get_logger(__name__)
who_still_sees = AskedTogether(admission.who_still_sees)


class LiveSocket(AsyncJsonWebsocketConsumer):
    """Hears groups as long as `ask` admits whoever is there."""

    admitted: Admitted | None = None
    asked_at = 0.0
    stretch_began = 0.0
    heard = 0
    watch: asyncio.Task[None] | None = None

    async def dispatch(self, message: Message) -> None:
        """As Channels does it, but for its look at the thread's database connections before each message: that is a
        hop to the one thread all sockets share. Whoever asks the database does so by database_sync_to_async, which
        looks for itself. Raises ValueError for a type without a handler."""
        handler = getattr(self, get_handler_name(message), None)
        if handler is None:
            raise ValueError(f"no handler for {message['type']}")
        await handler(message)

    async def ask(self) -> Admitted | None:
        """Who is at the socket, or None."""
        raise NotImplementedError

    async def connect(self) -> None:
        await self.accept()
        if not await self.ask_again(NOT_THERE):
            return
        await self.send_json({"type": "ready"} | self.about_now())
        self.watch = asyncio.create_task(self.keep_asking())

    async def disconnect(self, code: int) -> None:
        if self.watch:
            self.watch.cancel()
        with contextlib.suppress(*AWAY):
            await self.listen_to(frozenset())

    async def keep_asking(self) -> None:
        with contextlib.suppress(OSError):  # whoever was there has just gone
            while await asyncio.sleep(ASK_AGAIN_SECONDS, True):
                before = self.admitted
                if await self.ask_again(ACCESS_GONE):
                    await self.send_json({"type": "now"} | self.about_now())
                    await self.look_back(before)

    async def look_back(self, before: Admitted | None) -> None:
        """Now and then, in case something was lost on its way here."""

    async def ask_again(self, otherwise: int) -> bool:
        """Asks whether they may still be here; closes with the code `otherwise` when not."""
        self.asked_at = time.monotonic()
        try:
            admitted = await self.ask()
            await self.listen_to(admitted.groups if admitted else frozenset())
        except AWAY as error:
            log.warning("socket_cannot_ask", error=repr(error))
            await self.close(TRY_LATER)
            return False
        self.admitted = admitted
        if admitted is None:
            await self.close(otherwise)
        return admitted is not None

    async def is_still_admitted(self, conversation_id: UUID) -> bool:
        """Before something of a conversation is shown: asks again, with all who are about to show it, unless that was
        done just now."""
        if time.monotonic() - self.asked_at < FRESH_SECONDS:
            return self.admitted is not None
        with contextlib.suppress(*AWAY):
            if await self.is_among_those_who_see(conversation_id):
                self.asked_at = time.monotonic()
                return True
        return await self.ask_again(ACCESS_GONE)

    async def is_among_those_who_see(self, conversation_id: UUID) -> bool:
        if not self.admitted or not self.admitted.organization_id:  # a candidate is asked for alone
            return False
        there = Sitting(self.scope["session"].session_key, self.admitted.id)
        return await who_still_sees.ask((self.admitted.organization_id, conversation_id), there)

    async def listen_to(self, heard: frozenset[str]) -> None:
        before = self.admitted.groups if self.admitted else frozenset()
        for group in before - heard:
            await self.channel_layer.group_discard(group, self.channel_name)
        for group in heard - before:
            await self.channel_layer.group_add(group, self.channel_name)

    def about_now(self) -> Message:
        return {}

    async def passed_by(self, message: Message) -> None:
        """A member's group speaks to all of their sockets; this one has no use for it."""

    list_item = list_read = list_counts = notification = passed_by

    async def access_changed(self, message: Message) -> None:
        await self.ask_again(ACCESS_GONE)

    async def receive(self, text_data: str | None = None, bytes_data: bytes | None = None, **kwargs: Any) -> None:
        if self.heard_lately() > MOST_IN_STRETCH:
            if self.heard > FLOOD:
                await self.close(TOO_FAST)
            return
        with contextlib.suppress(ValueError):
            content = json.loads(text_data or "") if len(text_data or "") <= LONGEST_FRAME else None
            if isinstance(content, dict) and self.admitted:
                await self.hear(content)
                return
        await self.close(NOT_UNDERSTOOD)

    async def hear(self, content: Message) -> None:
        """Something the page said; unknown kinds are let pass."""

    def heard_lately(self) -> int:
        """How often it spoke in this stretch of time; a page of ours stays below MOST_IN_STRETCH."""
        now = time.monotonic()
        if now - self.stretch_began > STRETCH_SECONDS:
            self.stretch_began, self.heard = now, 0
        self.heard += 1
        return self.heard
