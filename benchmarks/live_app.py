"""The product, and beside it the barest socket on Channels: a group, and what is sent to it."""

from typing import Any

from channels.generic.websocket import AsyncWebsocketConsumer

from recruitchat.asgi import application as product

GROUP = "bare"


class Bare(AsyncWebsocketConsumer):
    groups = [GROUP]

    async def bare(self, event: dict[str, Any]) -> None:
        await self.send(event["text"])


bare = Bare.as_asgi()


async def application(scope: Any, receive: Any, send: Any) -> None:
    is_bare = scope["type"] == "websocket" and scope["path"] == "/bare/"
    await (bare if is_bare else product)(scope, receive, send)
