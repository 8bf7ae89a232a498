"""Outside development nothing starts with a setting that is missing, or with a secret that others know."""

import os
import re
import runpy
import subprocess
import sys
from pathlib import Path

import pytest
from django.contrib.staticfiles import finders
from django.core.exceptions import ImproperlyConfigured

from recruitchat.local_services.lease import PROJECT

SETTINGS = str(PROJECT / "recruitchat" / "settings.py")
STATIC = re.compile(r"""{% static ['"]([^'"]+)['"] %}""")
GOOD = {
    "ENVIRONMENT": "production",
    "SECRET_KEY": "0123456789abcdef" * 4,
    "SITE_URL": "https://chat.example.com",
    "ALLOWED_HOSTS": "chat.example.com",
    "DATABASE_URL": "postgres://recruitchat_app:x@pgbouncer/recruitchat",
    "REDIS_URL": "redis://:x@valkey:6379/0",
    "MAIL_DOMAIN": "in.example.com",
    "SMTP_HOST": "smtp.example.com",
}


@pytest.fixture
def environment(monkeypatch):
    for name in (*GOOD, "DEBUG", "OWNER_DATABASE_URL"):
        monkeypatch.delenv(name, raising=False)
    for name, value in GOOD.items():
        monkeypatch.setenv(name, value)
    return monkeypatch


def test_with_everything_said_production_starts(environment):
    settings = runpy.run_path(SETTINGS)
    assert not settings["DEBUG"]
    assert settings["SESSION_COOKIE_SECURE"]
    assert settings["CSRF_COOKIE_SECURE"]


@pytest.mark.parametrize("name", sorted(GOOD.keys() - {"ENVIRONMENT"}))
def test_without_any_of_it_production_refuses(environment, name):
    environment.delenv(name)
    with pytest.raises(ImproperlyConfigured, match=name):
        runpy.run_path(SETTINGS)


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("SECRET_KEY", "not-a-secret-only-for-development"),
        ("SECRET_KEY", "short"),
        ("SECRET_KEY", "a" * 64),
        ("SITE_URL", "http://chat.example.com"),
        ("ENVIRONMENT", "staging"),
        ("ENVIRONMENT", "Production"),
        ("ENVIRONMENT", ""),
    ],
)
def test_what_is_not_good_enough_is_refused(environment, name, value):
    environment.setenv(name, value)
    with pytest.raises(ImproperlyConfigured, match=name):
        runpy.run_path(SETTINGS)


def test_djangos_own_checks_for_deployment_find_nothing():
    checked = subprocess.run(
        [sys.executable, "manage.py", "check", "--deploy", "--fail-level", "WARNING"],
        cwd=PROJECT,
        env={name: value for name, value in os.environ.items() if name != "DJANGO_ALLOW_ASYNC_UNSAFE"} | GOOD,
        capture_output=True,
        text=True,
        check=False,
    )
    assert checked.returncode == 0, checked.stderr


def test_every_file_a_template_names_is_there():
    """In production a name that isn't in the manifest is a failure of the page."""
    templates = (PROJECT / "templates").rglob("*.html")
    named = {name for template in templates for name in STATIC.findall(Path(template).read_text())}
    assert named
    assert not [name for name in named if not finders.find(name)]
