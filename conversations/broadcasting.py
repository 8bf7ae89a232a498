"""Puts messages to the groups of the live screens. A courtesy: it never raises and never makes anybody wait long.

Written to Valkey in the form in which channels_redis' pub/sub layer reads, without a loop: web threads and workers
share a few open connections, instead of opening one for each message.
"""

from functools import cache
from typing import Any

import structlog
from channels.layers import get_channel_layer
from django.conf import settings
from redis import Redis, RedisError
from redis.backoff import NoBackoff
from redis.retry import Retry

PATIENCE_SECONDS = 0.5
GROUP = "asgi__group__"  # channels_redis/pubsub.py: prefix and `_get_group_channel_name`
Addressed = tuple[str, dict[str, Any]]
log = structlog.get_logger(__name__)


def broadcast(*messages: Addressed) -> None:
    """Sends each message to its group. With Valkey away they are lost, and the pages ask for them later."""
    layer = get_channel_layer()
    try:
        with _connections().pipeline(transaction=False) as pipeline:
            for group, message in messages:
                pipeline.publish(GROUP + group, layer.serialize(message))
            pipeline.execute()
    except (RedisError, OSError) as error:
        log.warning("not_broadcast", messages=len(messages), error=repr(error))


@cache
def _connections() -> Redis:
    return Redis.from_url(
        settings.REDIS_URL,
        socket_timeout=PATIENCE_SECONDS,
        socket_connect_timeout=PATIENCE_SECONDS,
        retry=Retry(NoBackoff(), 0),
        health_check_interval=30,
    )
