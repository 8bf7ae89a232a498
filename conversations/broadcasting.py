"""Puts messages to the groups of the live screens. A courtesy: it never raises and never makes anybody wait."""

import asyncio
from typing import Any

import structlog
from asgiref.sync import async_to_sync
from channels.layers import get_channel_layer

PATIENCE_SECONDS = 1.0
Addressed = tuple[str, dict[str, Any]]
log = structlog.get_logger(__name__)


def broadcast(*messages: Addressed) -> None:
    """Sends each message to its group. With Valkey away they are lost, and the pages ask for them later."""
    try:
        async_to_sync(_send)(messages)
    except Exception:
        log.warning("not_broadcast", messages=len(messages), exc_info=True)


async def _send(messages: tuple[Addressed, ...]) -> None:
    layer = get_channel_layer()
    async with asyncio.timeout(PATIENCE_SECONDS):
        for group, message in messages:
            await layer.group_send(group, message)
