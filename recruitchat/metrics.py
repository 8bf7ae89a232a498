"""Numbers for Prometheus. What is queued is counted in the database, what happens in this process as it happens."""

import os
from collections.abc import Iterator
from datetime import timedelta
from typing import Any

from django.conf import settings
from django.db import DatabaseError
from django.db.models import Count, QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.crypto import constant_time_compare
from django.views.decorators.http import require_safe
from prometheus_client import (
    CONTENT_TYPE_LATEST,
    REGISTRY,
    CollectorRegistry,
    Gauge,
    Histogram,
    generate_latest,
    multiprocess,
)
from prometheus_client.metrics_core import GaugeMetricFamily

from accounts.identifiers import earliest_id
from accounts.tenancy import across_organizations
from gateways.models import Arrival, Attempt

BUCKETS = (0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10)
RECENTLY = timedelta(hours=1)
LOOPBACK = {"127.0.0.1", "::1"}

LATENCY = Histogram(
    "recruitchat_request_seconds", "How long requests took, by view", ["view", "method", "status"], buckets=BUCKETS
)
SOCKETS = Gauge("recruitchat_sockets_open", "Open web sockets", ["kind"], multiprocess_mode="livesum")


@require_safe
def metrics(request: HttpRequest) -> HttpResponse:
    if not may_scrape(request):
        raise Http404
    queues = CollectorRegistry()
    queues.register(Queues())
    return HttpResponse(generate_latest(processes()) + generate_latest(queues), content_type=CONTENT_TYPE_LATEST)


def may_scrape(request: HttpRequest) -> bool:
    """With METRICS_TOKEN set, who has it; otherwise only this machine, and nobody through a proxy on it."""
    if settings.METRICS_TOKEN:
        return constant_time_compare(request.headers.get("Authorization", ""), f"Bearer {settings.METRICS_TOKEN}")
    return request.META.get("REMOTE_ADDR") in LOOPBACK and "X-Forwarded-For" not in request.headers


def processes() -> CollectorRegistry:
    """This process's numbers, or those of all of this machine where they share PROMETHEUS_MULTIPROC_DIR."""
    if "PROMETHEUS_MULTIPROC_DIR" not in os.environ:
        return REGISTRY
    together = CollectorRegistry()
    multiprocess.MultiProcessCollector(together)
    return together


class Queues:
    """Mail on its way out and in, of all organizations, asked at each scrape."""

    def collect(self) -> Iterator[GaugeMetricFamily]:
        try:
            with across_organizations():
                yield from self.families()
        except DatabaseError:
            yield GaugeMetricFamily("recruitchat_database_up", "Whether the database answers", 0)

    def families(self) -> list[GaugeMetricFamily]:
        queued = Attempt.objects.filter(state="queued").count()
        stored = Arrival.objects.filter(state="stored").count()
        return [
            GaugeMetricFamily("recruitchat_database_up", "Whether the database answers", 1),
            GaugeMetricFamily("recruitchat_attempts_queued", "Messages waiting to be sent", queued),
            GaugeMetricFamily("recruitchat_arrivals_stored", "Arrivals not understood yet", stored),
            by_state("recruitchat_attempts_last_hour", "Attempts to send, by result", Attempt.objects.all()),
            by_state("recruitchat_arrivals_last_hour", "Arrivals, by state", Arrival.objects.all()),
        ]


def by_state(name: str, explanation: str, rows: QuerySet[Any]) -> GaugeMetricFamily:
    """Counts the rows of the last hour: their keys begin with the time, so the primary key finds them."""
    family = GaugeMetricFamily(name, explanation, labels=["state"])
    recent = rows.filter(pk__gte=earliest_id(timezone.now() - RECENTLY)).order_by()
    for state, count in recent.values_list("state").annotate(Count("pk")):
        family.add_metric([state], count)
    return family


def counting_sockets(application: Any) -> Any:
    """An ASGI application whose web sockets are counted while they are open."""

    async def counted(scope: dict[str, Any], receive: Any, send: Any) -> None:
        kind = scope["path"].split("/")[2:3]
        with SOCKETS.labels(*kind or ["none"]).track_inprogress():
            await application(scope, receive, send)

    return counted
