"""PostgreSQL goes away under the running product and comes back."""

import smtplib
import threading
from uuid import uuid4

import pytest
from django.db import OperationalError, connection, connections

from conversations.models import Conversation, Message
from gateways.email import listener
from tests.cast import signed_in
from tests.faults.conftest import Browser
from tests.gateways.sink import running
from tests.listening import listening


def break_connections(*, but: int = 0) -> None:
    """Ends all of the application's sessions in this database, as a restart of PostgreSQL does."""

    def end() -> None:
        with connection.cursor() as cursor:
            cursor.execute(
                "SELECT pg_terminate_backend(pid, 5000) FROM pg_stat_activity"
                " WHERE datname = current_database() AND usename = current_user AND pid NOT IN (pg_backend_pid(), %s)",
                [but],
            )
        connections.close_all()

    thread = threading.Thread(target=end)
    thread.start()
    thread.join()


@pytest.fixture(autouse=True)
def whole_again(db):
    yield
    connections.close_all()


def test_the_next_request_is_answered(cast, port):
    browser = Browser(port, cast.jana)
    for _ in range(2):
        assert browser.get("/inbox/mine/").status == 200
        break_connections()
        connections.close_all()
    assert browser.get("/inbox/mine/").status == 200


def test_a_message_on_its_way_just_then_is_said_once(cast, port):
    conversation = cast.apply()
    browser, said = Browser(port, cast.jana), f"text=Hello&kind=reply&client_id={uuid4()}".encode()
    csrf = signed_in(cast.jana).get("/inbox/mine/").cookies["csrftoken"].value
    browser.cookies += f"; csrftoken={csrf}"
    headers = {"Content_Type": "application/x-www-form-urlencoded", "HX_Request": "true", "X_CSRFToken": csrf}
    answers = []

    def say() -> None:
        answers.append(browser.ask("POST", f"/conversations/{conversation.pk}/messages/", said, **headers).status)

    with cast.inside():
        Conversation.objects.select_for_update().get(pk=conversation.pk)
        waiting = threading.Thread(target=say)
        waiting.start()
        until_somebody_waits()
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_backend_pid()")
            break_connections(but=cursor.fetchone()[0])
    waiting.join()
    say()
    assert answers == [500, 201]
    with cast.inside():
        assert Message.objects.filter(kind="outbound").count() == 1


def until_somebody_waits() -> None:
    with connection.cursor() as cursor:
        while True:
            cursor.execute("SELECT 1 FROM pg_locks WHERE NOT granted")
            if cursor.fetchone():
                return


async def test_sockets_come_back_by_themselves(cast, monkeypatch):
    monkeypatch.setattr("conversations.live_socket.ASK_AGAIN_SECONDS", 0.2)
    monkeypatch.setattr("conversations.admission.doors.places_of_user", ask_nobody)
    async with listening("/ws/inbox/", cast.jana) as socket:
        assert await socket.close_code() == 1013


def ask_nobody(user_id: int | None) -> None:
    raise OperationalError


def test_mail_is_taken_again(cast):
    with (
        running(lambda: listener.listen("127.0.0.1", 0)) as port,
        smtplib.SMTP("127.0.0.1", port, timeout=10) as client,
    ):
        client.ehlo()
        client.mail("lucie@mail.example")
        for _ in range(6):  # more than it has threads
            break_connections()
            assert client.rcpt("nobody@inbound.localhost")[0] == 550
