"""What is noted of each request: one line in the log, and how long its view took."""

import time
from collections.abc import Callable
from typing import Any

from django.dispatch import receiver
from django.http import HttpRequest, HttpResponse
from django_structlog.signals import bind_extra_request_finished_metadata

from recruitchat.metrics import LATENCY


class NotingMiddleware:
    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        started = time.perf_counter()
        response = self.get_response(request)
        seconds = time.perf_counter() - started
        match = request.resolver_match
        LATENCY.labels(match.view_name if match else "none", request.method, response.status_code).observe(seconds)
        vars(request)["took_seconds"] = seconds
        return response


@receiver(bind_extra_request_finished_metadata)
def add_to_line(request: HttpRequest, log_kwargs: dict[str, Any], **kwargs: Any) -> None:
    """The organization has been left by the time the line is written."""
    log_kwargs["milliseconds"] = round(1000 * getattr(request, "took_seconds", 0))
    token, organization = getattr(request, "auth", None), getattr(request, "organization", None)
    if entered := getattr(token, "organization_id", None) or getattr(organization, "pk", None):
        log_kwargs["organization"] = entered
