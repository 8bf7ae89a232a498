"""Seconds that django-helpdesk's process_email takes for the mails in a folder. Runs beside it."""

import json
import os
import sys
import time

import django
from django.conf import settings

folder, host, port, user, database = sys.argv[1:]
settings.configure(
    SECRET_KEY=os.urandom(20).hex(),
    DATABASES={
        "default": {
            "ENGINE": "django.db.backends.postgresql", "NAME": database, "HOST": host, "PORT": port, "USER": user,
            "PASSWORD": os.environ.get("OTHER_PASSWORD", ""),
        }
    },
    INSTALLED_APPS=[
        "django.contrib.auth", "django.contrib.contenttypes", "django.contrib.sessions", "django.contrib.sites",
        "django.contrib.admin", "django.contrib.messages", "django.contrib.humanize", "rest_framework", "helpdesk",
    ],
    TEMPLATES=[{"BACKEND": "django.template.backends.django.DjangoTemplates", "APP_DIRS": True}],
    EMAIL_BACKEND="django.core.mail.backends.dummy.EmailBackend",
    DEFAULT_AUTO_FIELD="django.db.models.AutoField",
    SITE_ID=1,
    USE_TZ=True,
    ROOT_URLCONF=__name__,
    STATIC_URL="/static/",
    MEDIA_ROOT=folder + "-media",
    HELPDESK_TEAMS_MODE_ENABLED=False,
    LOGGING_CONFIG=None,
)  # fmt: skip
django.setup()

from django.core.management import call_command  # noqa: E402
from django.urls import include, path  # noqa: E402
from helpdesk.email import process_email  # noqa: E402
from helpdesk.models import FollowUp, Queue  # noqa: E402

urlpatterns = [path("", include("helpdesk.urls", namespace="helpdesk"))]
call_command("migrate", verbosity=0)
Queue.objects.create(
    title="Jobs", slug="jobs", email_address="jobs@northwind.example", allow_email_submission=True,
    email_box_type="local", email_box_local_dir=folder, email_box_interval=0,
)  # fmt: skip
began = time.perf_counter()
process_email(quiet=True)
print(json.dumps({"seconds": time.perf_counter() - began, "taken": FollowUp.objects.count()}))
