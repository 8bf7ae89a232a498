"""How many requests a token may make in a minute, counted in Redis for all web processes together."""

import time
from functools import cache
from typing import Any

import redis
import structlog
from django.conf import settings

WINDOW_SECONDS = 60
log = structlog.get_logger(__name__)


def seconds_to_wait(token_id: Any) -> int:
    """0, or the seconds until the next request is welcome. Without Redis nobody has to wait."""
    window, passed = divmod(int(time.time()), WINDOW_SECONDS)
    try:
        if counted(f"api-rate:{token_id}:{window}") <= settings.API_REQUESTS_A_MINUTE:
            return 0
    except redis.RedisError:
        log.warning("rate_not_counted")
        return 0
    return WINDOW_SECONDS - passed


def counted(key: str) -> int:
    with counter().pipeline(transaction=False) as pipe:
        pipe.incr(key)
        pipe.expire(key, 2 * WINDOW_SECONDS)
        return int(pipe.execute()[0])


@cache
def counter() -> redis.Redis:
    return redis.Redis.from_url(settings.REDIS_URL, socket_timeout=0.5, socket_connect_timeout=0.5)
