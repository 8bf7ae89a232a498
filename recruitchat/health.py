"""Is it alive, and is it ready: for whoever restarts processes and sends requests their way."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor, wait
from contextlib import closing
from functools import cache, partial
from typing import Any

import psycopg2
import redis
from django.conf import settings
from django.db import connection
from django.db.migrations.loader import MigrationLoader
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from recruitchat.metrics import metrics

PATIENCE_SECONDS = 1.8
GetResponse = Callable[[HttpRequest], HttpResponse]


class ForMachines:
    """Answers probes and scrapers before anything else: no host, session or organization is looked at on the way.

    They come by IP address, in plain text, and most of all when something is broken.
    """

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        view = {"/health/live": live, "/health/ready": ready, "/metrics": metrics}.get(request.path)
        return view(request) if view else self.get_response(request)


@never_cache
@require_safe
def live(request: HttpRequest) -> HttpResponse:
    return JsonResponse({"status": "alive"})


@never_cache
@require_safe
def ready(request: HttpRequest) -> HttpResponse:
    """200, or 503 with what is missing."""
    missing = what_is_missing()
    answer = {"status": "not ready" if missing else "ready", "missing": missing}
    return JsonResponse(answer, status=503 if missing else 200)


def what_is_missing() -> list[str]:
    """Asks all at the same time; one that doesn't answer in time is missing."""
    checks: dict[str, Callable[[], str]] = {
        "PostgreSQL": partial(missing_in_database, connection.get_connection_params()),
        "Redis": missing_in_redis,
    }
    pool = ThreadPoolExecutor(len(checks))
    answers = {pool.submit(check): name for name, check in checks.items()}
    in_time = wait(answers, timeout=PATIENCE_SECONDS).done
    pool.shutdown(wait=False)
    return [
        sentence
        for answer, name in answers.items()
        if (sentence := answer.result() if answer in in_time else f"{name} doesn't answer.")
    ]


def missing_in_database(parameters: dict[str, Any]) -> str:
    """Asks by a connection of its own, made now: one that is kept may be to a server that has gone."""
    try:
        with closing(psycopg2.connect(**parameters | {"connect_timeout": 2})) as fresh, fresh.cursor() as cursor:
            cursor.execute("SELECT app, name FROM django_migrations")
            unapplied = expected_migrations() - set(cursor.fetchall())
    except psycopg2.Error:
        return "PostgreSQL doesn't answer."
    return f"Migrations to apply: {', '.join(sorted(map('.'.join, unapplied)))}." if unapplied else ""


def missing_in_redis() -> str:
    client = redis.Redis.from_url(settings.REDIS_URL, socket_timeout=1, socket_connect_timeout=1, retry=None)
    try:
        with closing(client):
            client.ping()
    except redis.RedisError:
        return "Redis doesn't answer."
    return ""


@cache
def expected_migrations() -> frozenset[tuple[str, str]]:
    return frozenset(MigrationLoader(None).disk_migrations)
