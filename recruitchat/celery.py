import os

from celery import Celery

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "recruitchat.settings")
app = Celery("recruitchat")
app.config_from_object("django.conf:settings", namespace="CELERY")
app.autodiscover_tasks()
