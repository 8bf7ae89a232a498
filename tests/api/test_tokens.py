from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from accounts.models import ApiToken
from recruitchat.shared_cache import SharedCache
from tests.api.conftest import Caller
from tests.cast import signed_in

NOWHERE = "018f0000-0000-7000-8000-000000000000"
READING = ["/campaigns", "/conversations", f"/conversations/{NOWHERE}", f"/conversations/{NOWHERE}/messages"]
WRITING = [
    ("post", "/applications"),
    ("post", f"/conversations/{NOWHERE}/messages"),
    ("put", f"/conversations/{NOWHERE}/assignment"),
]


def is_problem(answer, status: int) -> bool:
    said = answer.json()
    assert answer.headers["Content-Type"] == "application/problem+json"
    assert set(said) == {"type", "title", "status", "detail", "errors"}
    return answer.status_code == said["status"] == status


@pytest.mark.parametrize("path", READING)
def test_reading_needs_a_token_with_the_scope_read(cast, path):
    answer = Client().get(f"/api/v1{path}")
    assert is_problem(answer, 401)
    assert answer.headers["WWW-Authenticate"] == "Bearer"
    assert is_problem(Caller("rc_wrong").get(path), 401)
    assert is_problem(Caller(cast.token("write")).get(path), 403)


@pytest.mark.parametrize(("method", "path"), WRITING)
def test_writing_needs_a_token_with_the_scope_write(cast, method, path):
    assert is_problem(getattr(Client(), method)(f"/api/v1{path}"), 401)
    assert is_problem(getattr(Caller(cast.token("read")), method)(path, {}), 403)


def test_a_revoked_token_is_good_for_nothing(cast, api):
    assert api.get("/conversations").status_code == 200
    with cast.inside():
        ApiToken.objects.get().revoke()
    assert is_problem(api.get("/conversations"), 401)


def test_a_session_is_no_token(cast):
    assert is_problem(signed_in(cast.adam).get("/api/v1/conversations"), 401)


def test_the_last_use_is_kept_to_the_minute(cast, api):
    api.get("/conversations")
    with cast.inside():
        first = ApiToken.objects.get().last_used_at
    assert first
    api.get("/conversations")
    with cast.inside():
        assert ApiToken.objects.get().last_used_at == first
        ApiToken.objects.update(last_used_at=timezone.now() - timedelta(hours=1))
    api.get("/conversations")
    with cast.inside():
        assert ApiToken.objects.get().last_used_at not in {None, first}


def test_too_many_requests_are_told_when_to_come_again(cast, api, settings):
    settings.API_REQUESTS_A_MINUTE = 2
    answers = [api.get("/conversations") for _ in range(6)]  # a minute may turn in between
    refused = next(answer for answer in answers if answer.status_code != 200)
    assert is_problem(refused, 429)
    assert 0 < int(refused.headers["Retry-After"]) <= 60


def test_without_redis_nobody_waits(cast, api, settings, monkeypatch):
    settings.API_REQUESTS_A_MINUTE = 1
    monkeypatch.setattr("accounts.counting.cache", SharedCache("redis://127.0.0.1:1", {}))
    assert [api.get("/conversations").status_code for _ in range(3)] == [200] * 3


@pytest.mark.parametrize("path", ["/nowhere", "/conversations/", "/", "/../v2/x", "/conversations/%00"])
def test_unknown_addresses_are_problems(cast, api, path):
    assert is_problem(api.get(path), 404)


def test_a_wrong_method_names_the_right_ones(cast, api):
    answer = api.client.delete("/api/v1/conversations", headers=api.headers)
    assert is_problem(answer, 405)
    assert set(answer.headers["Allow"].split(", ")) == {"GET", "POST"}


def test_what_is_not_json_is_said_to_be(cast, api):
    answer = api.client.post("/api/v1/applications", b"{", content_type="application/json", headers=api.headers)
    assert is_problem(answer, 400)
