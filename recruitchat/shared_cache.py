"""What all processes count together: tries to sign in, codes already used, applications from one address.

Without Redis nothing is counted, and nobody is turned away for it: PostgreSQL, which knows the passwords, is there.
"""

from collections.abc import Callable
from functools import cache
from typing import Any

import structlog
from django.core.cache.backends.redis import RedisCache, RedisCacheClient
from redis import RedisError
from redis.backoff import NoBackoff
from redis.retry import Retry

PATIENCE_SECONDS = 0.5
log = structlog.get_logger(__name__)


class Forgiving(RedisCacheClient):
    """Answers as an empty cache does while Redis is away."""

    def __init__(self, servers: list[str], **options: Any) -> None:
        patience: dict[str, Any] = {"socket_timeout": PATIENCE_SECONDS, "socket_connect_timeout": PATIENCE_SECONDS}
        super().__init__(servers, retry=Retry(NoBackoff(), 0), **patience, **options)
        self.get_client = cache(super().get_client)  # type: ignore[method-assign] # a new one takes longer than to ask it

    def add(self, *asked: Any) -> bool:
        return self._unless_away(True, super().add, *asked)

    def get(self, key: Any, default: Any) -> Any:
        return self._unless_away(default, super().get, key, default)

    def set(self, *asked: Any) -> None:
        self._unless_away(None, super().set, *asked)

    def incr(self, key: Any, delta: int) -> int:
        return self._unless_away(delta, super().incr, key, delta)

    def delete(self, key: Any) -> bool:
        return self._unless_away(False, super().delete, key)

    def _unless_away[Answer](self, otherwise: Answer, ask: Callable[..., Any], *arguments: Any) -> Answer:
        try:
            return ask(*arguments)
        except RedisError as error:
            log.warning("not_counted", error=repr(error))
            return otherwise


class SharedCache(RedisCache):
    def __init__(self, server: str, params: dict[str, Any]) -> None:
        super().__init__(server, params)
        self._class = Forgiving
