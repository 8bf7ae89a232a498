import os
import sys
from logging.config import dictConfig
from typing import Any

from celery import Celery, Task
from celery.signals import setup_logging, task_prerun, worker_init
from django.conf import settings
from django.db import close_old_connections
from django_structlog.celery.steps import DjangoStructLogInitStep

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "recruitchat.settings")
app = Celery("recruitchat", task_cls="recruitchat.nudging:Nudge")
app.config_from_object("django.conf:settings", namespace="CELERY")
app.conf["CELERY_DB_REUSE_MAX"] = sys.maxsize  # or each task begins with a new connection, whose caches are cold
app.autodiscover_tasks()
app.steps["worker"].add(DjangoStructLogInitStep)


@setup_logging.connect
def log_as_everywhere(**kwargs: Any) -> None:
    """Instead of Celery's own set-up, which would write what ours keeps out of the logs."""
    dictConfig(settings.LOGGING)


@worker_init.connect
def be_ready(**kwargs: Any) -> None:
    from recruitchat.warming import warm_up

    warm_up()


@task_prerun.connect
def look_at_connections(task: Task, **kwargs: Any) -> None:
    """As before a request: one that is broken or old (CONN_MAX_AGE) is closed."""
    if not task.request.is_eager:
        close_old_connections()
