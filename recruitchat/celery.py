import os
from logging.config import dictConfig
from typing import Any

from celery import Celery
from celery.signals import setup_logging
from django.conf import settings
from django_structlog.celery.steps import DjangoStructLogInitStep

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "recruitchat.settings")
app = Celery("recruitchat", task_cls="recruitchat.nudging:Nudge")
app.config_from_object("django.conf:settings", namespace="CELERY")
app.autodiscover_tasks()
app.steps["worker"].add(DjangoStructLogInitStep)


@setup_logging.connect
def log_as_everywhere(**kwargs: Any) -> None:
    """Instead of Celery's own set-up, which would write what ours keeps out of the logs."""
    dictConfig(settings.LOGGING)
