"""Puts messages to the groups of the live screens. A courtesy: it never raises and never makes anybody wait long.

Written to Valkey in the form in which channels_redis' pub/sub layer reads, without a loop: web threads and workers
share a few open connections, instead of opening one for each message.
"""

from collections.abc import Callable
from functools import cache
from typing import Any, NamedTuple

import structlog
from channels.layers import get_channel_layer
from django.conf import settings
from redis import Redis, RedisError
from redis.backoff import NoBackoff
from redis.retry import Retry

PATIENCE_SECONDS = 0.5
GROUP = "asgi__group__"  # channels_redis/pubsub.py: prefix and `_get_group_channel_name`
log = structlog.get_logger(__name__)


class Broadcast(NamedTuple):
    """What the groups are to hear; made only where one of them has a listener now."""

    groups: list[str]
    make: Callable[[], dict[str, Any]]


def broadcast(*broadcasts: Broadcast) -> None:
    """Sends each to its groups, before the next is made. With Valkey away they are lost, and the pages ask for them
    later."""
    try:
        listened_to = _listened_to({group for broadcast in broadcasts for group in broadcast.groups})
        for groups, make in broadcasts:
            if heard := listened_to.intersection(groups):
                _publish(heard, make())
    except (RedisError, OSError) as error:
        log.warning("not_broadcast", messages=len(broadcasts), error=repr(error))


def _listened_to(groups: set[str]) -> set[str]:
    asked = list(groups)
    answered = _connections().pubsub_numsub(*(GROUP + group for group in asked))
    return {group for group, (_, listeners) in zip(asked, answered, strict=True) if listeners}


def _publish(groups: set[str], message: dict[str, Any]) -> None:
    frame = get_channel_layer().serialize(message)
    with _connections().pipeline(transaction=False) as pipeline:
        for group in groups:
            pipeline.publish(GROUP + group, frame)
        pipeline.execute()


@cache
def _connections() -> Redis:
    return Redis.from_url(
        settings.REDIS_URL,
        socket_timeout=PATIENCE_SECONDS,
        socket_connect_timeout=PATIENCE_SECONDS,
        retry=Retry(NoBackoff(), 0),
        health_check_interval=30,
    )
