"""A socket of the product in a test: a real consumer, a real Valkey, no server in between."""

import asyncio
import json
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

from asgiref.sync import sync_to_async
from asgiref.testing import ApplicationCommunicator

from accounts.models import Member
from recruitchat import asgi
from tests.cast import signed_in


class Socket(ApplicationCommunicator):
    async def say(self, message: Any) -> None:
        text = message if isinstance(message, str) else json.dumps(message)
        await self.send_input({"type": "websocket.receive", "text": text})

    async def hear(self, kind: str) -> dict[str, Any]:
        """The next message of this kind, within ten seconds."""
        async with asyncio.timeout(10):
            while (message := await self.next_message())["type"] != kind:
                pass
            return message

    async def next_message(self) -> dict[str, Any]:
        sent = await self.receive_output(timeout=5)
        assert sent["type"] == "websocket.send", sent
        return json.loads(sent["text"])

    async def close_code(self) -> int:
        while True:
            sent = await self.receive_output(timeout=5)
            if sent["type"] == "websocket.close":
                return sent["code"]


@asynccontextmanager
async def listening(path: str, member: Member | None = None, session: str = "") -> AsyncIterator[Socket]:
    """The open socket at this path, of a member or of nobody."""
    if member:
        session = (await sync_to_async(signed_in)(member)).cookies["sessionid"].value
    headers = [(b"origin", b"http://testserver"), (b"cookie", f"sessionid={session}".encode())]
    scope = {"type": "websocket", "path": path, "query_string": b"", "headers": headers, "subprotocols": []}
    socket = Socket(asgi.application, scope)
    await socket.send_input({"type": "websocket.connect"})
    assert (await socket.receive_output(timeout=5))["type"] == "websocket.accept"
    yield socket
    await socket.send_input({"type": "websocket.disconnect", "code": 1000})
    await socket.wait(timeout=5)
