from datetime import timedelta
from threading import Barrier, Thread

from django.db import connections
from django.utils import timezone

from accounts.models import IdempotencyKey
from campaigns.models import Application
from conversations.models import Message
from tests.api.conftest import Caller

LUCIE = {"name": "Lucie Němcová", "email": "lucie@mail.example"}


def application(cast, **changes):
    return {"campaign": cast.campaign.slug, "person": LUCIE, "message": "Hello"} | changes


def test_the_same_key_and_body_give_the_first_answer_again(cast, api):
    first = api.post("/applications", application(cast), key="one")
    again = api.post("/applications", application(cast), key="one")
    assert (again.status_code, again.json()) == (201, first.json())
    assert again.headers["Idempotency-Replayed"] == "true"
    with cast.inside():
        assert Message.objects.count() == 1


def test_the_same_key_with_another_body_is_a_conflict(cast, api):
    api.post("/applications", application(cast), key="one")
    other = api.post("/applications", application(cast, message="Hello again"), key="one")
    assert (other.status_code, other.headers["Content-Type"]) == (409, "application/problem+json")


def test_another_key_is_another_request(cast, api):
    api.post("/applications", application(cast), key="one")
    api.post("/applications", application(cast), key="two")
    with cast.inside():
        assert Message.objects.count() == 2


def test_a_refused_request_leaves_its_key_free(cast, api):
    assert api.post("/applications", application(cast, campaign="none"), key="one").status_code == 422
    assert api.post("/applications", application(cast), key="one").status_code == 201


def test_after_a_day_the_key_is_new_again(cast, api):
    api.post("/applications", application(cast), key="one")
    with cast.inside():
        IdempotencyKey.objects.update(created_at=timezone.now() - timedelta(hours=25))
    api.post("/applications", application(cast), key="one")
    with cast.inside():
        assert Message.objects.count() == 2


def test_a_key_of_one_organization_means_nothing_in_another(cast, stranger, api):
    from accounts.models import ApiToken

    api.post("/applications", application(cast), key="one")
    with stranger.inside():
        theirs = Caller(ApiToken.issue("theirs", ["write"])[1])
    mine = {"campaign": stranger.campaign.slug, "person": LUCIE}
    assert theirs.post("/applications", mine, key="one").status_code == 201


def test_a_key_that_cannot_be_kept_is_named(cast, api):
    for key in ("x" * 256, "klíč"):
        answer = api.post("/applications", application(cast), key=key)
        assert [error["field"] for error in answer.json()["errors"]] == ["Idempotency-Key"]


def test_two_at_once_are_one(cast):
    token, barrier, answers = cast.token(), Barrier(2), []

    def send() -> None:
        caller = Caller(token)
        barrier.wait()
        try:
            answers.append(caller.post("/applications", application(cast), key="one"))
        finally:
            connections.close_all()

    threads = [Thread(target=send) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert [answer.status_code for answer in answers] == [201, 201]
    assert answers[0].json() == answers[1].json()
    with cast.inside():
        assert (Application.objects.count(), Message.objects.count()) == (1, 1)
