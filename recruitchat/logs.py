"""Structured logs: organization, request and task ids; never a message's words, nor a secret that opens something."""

import re
from typing import Any

import structlog

SECRETS = [
    (re.compile(r"/c/[^/\s\"'?]+"), "/c/…"),  # a reply link, its socket too
    (re.compile(r"\breply\+[^@\s]+@"), "reply+…@"),
    (re.compile(r"\brc_[\w-]{20,}"), "rc_…"),
    (re.compile(r"/reset/key/[^/\s\"'?]+"), "/reset/key/…"),
    (re.compile(r"\bDETAIL:.*"), "DETAIL: …"),  # PostgreSQL quotes the row
    (re.compile(r"\binput_value=.*?, input_type="), "input_value=…, input_type="),  # pydantic quotes what came in
]
QUERY = re.compile(r"\?[^\s\"']+")  # names people searched for


def mask_secrets(logger: Any, method: str, event: dict[str, Any]) -> dict[str, Any]:
    for name, value in event.items():
        if isinstance(value, str):
            event[name] = masked(value, is_address=name == "request" or "logger" in event)
    return event


def masked(text: str, *, is_address: bool = False) -> str:
    for secret, shown in SECRETS:
        text = secret.sub(shown, text)
    return QUERY.sub("?…", text) if is_address else text


SHARED: list[Any] = [
    structlog.contextvars.merge_contextvars,
    structlog.stdlib.add_log_level,
    structlog.stdlib.add_logger_name,
    structlog.processors.TimeStamper(fmt="iso"),
]
structlog.configure(
    processors=[structlog.stdlib.filter_by_level, *SHARED, structlog.stdlib.ProcessorFormatter.wrap_for_formatter],
    logger_factory=structlog.stdlib.LoggerFactory(),
    cache_logger_on_first_use=True,
)
OF_ITS_SERVER: dict[str, Any] = {"handlers": [], "propagate": True}


def configuration(*, as_json: bool) -> dict[str, Any]:
    """What Django's LOGGING is to be."""
    return {
        "version": 1,
        "disable_existing_loggers": False,
        "formatters": {
            "structured": {
                "()": structlog.stdlib.ProcessorFormatter,
                "processors": [
                    structlog.stdlib.ProcessorFormatter.remove_processors_meta,
                    structlog.processors.format_exc_info,  # without the values of variables, which are people's words
                    mask_secrets,
                    structlog.processors.JSONRenderer() if as_json else structlog.dev.ConsoleRenderer(colors=False),
                ],
                "foreign_pre_chain": SHARED,
            }
        },
        "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "structured"}},
        "root": {"handlers": ["console"], "level": "INFO"},
        "loggers": {
            "axes": {"level": "WARNING"},
            "celery.app.trace": {"level": "WARNING"},
            "celery.beat": {"level": "WARNING"},
            "celery.worker.strategy": {"level": "WARNING"},
            "django.request": {"level": "ERROR"},  # each request has its line already
            "uvicorn": OF_ITS_SERVER,
            "uvicorn.access": OF_ITS_SERVER | {"level": "WARNING"},
            "uvicorn.error": OF_ITS_SERVER,
        },
    }
