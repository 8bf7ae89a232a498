import pytest
from django.test import Client, override_settings

from recruitchat import health


def test_it_is_alive_and_ready(db):
    assert Client().get("/health/live").json() == {"status": "alive"}
    answer = Client().get("/health/ready")
    assert (answer.status_code, answer.json()) == (200, {"status": "ready", "missing": []})


@pytest.mark.parametrize("path", ["/health/live", "/health/ready"])
def test_only_asking_is_allowed(db, path):
    assert Client().post(path).status_code == 405


def test_a_missing_redis_is_named(db):
    with override_settings(REDIS_URL="redis://127.0.0.1:1"):
        answer = Client().get("/health/ready")
    assert (answer.status_code, answer.json()["missing"]) == (503, ["Redis doesn't answer."])


def test_a_missing_database_is_named(db, monkeypatch):
    monkeypatch.setattr(health.connection, "get_connection_params", lambda: {"host": "/nowhere", "dbname": "none"})
    answer = Client().get("/health/ready")
    assert (answer.status_code, answer.json()["missing"]) == (503, ["PostgreSQL doesn't answer."])


def test_an_unapplied_migration_is_named(db, monkeypatch):
    expected = health.expected_migrations() | {("people", "9999_later")}
    monkeypatch.setattr(health, "expected_migrations", lambda: expected)
    assert Client().get("/health/ready").json()["missing"] == ["Migrations to apply: people.9999_later."]
