import pytest
from asgiref.testing import ApplicationCommunicator
from django.test import Client
from django.utils import timezone
from prometheus_client import REGISTRY

from accounts.identifiers import earliest_id, new_id
from accounts.models.tenant import AddressedModel
from gateways.models import Arrival
from recruitchat.asgi import application


def test_what_waits_is_counted_over_all_organizations(cast, stranger):
    for who in (cast, stranger):
        with who.inside():
            Arrival.objects.create(channel="email", key="1", raw=b"", via="smtp", arrived_at=timezone.now())
    Client().get("/accounts/login/")
    text = Client().get("/metrics").content.decode()
    assert "recruitchat_arrivals_stored 2.0" in text
    assert 'recruitchat_arrivals_last_hour{state="stored"} 2.0' in text
    assert "recruitchat_attempts_queued 0.0" in text
    assert 'recruitchat_request_seconds_count{method="GET",status="200",view="account_login"}' in text


def test_only_this_machine_may_look(db):
    assert Client().post("/metrics").status_code == 405
    assert Client(REMOTE_ADDR="10.0.0.1").get("/metrics").status_code == 404
    assert Client(headers={"X-Forwarded-For": "127.0.0.1"}).get("/metrics").status_code == 404


def test_or_who_has_the_token(db, settings):
    settings.METRICS_TOKEN = "a-token-for-metrics"
    assert Client().get("/metrics").status_code == 404
    assert Client().get("/metrics", headers={"Authorization": "Bearer a-tökén"}).status_code == 404
    assert Client().get("/metrics", headers={"Authorization": "Bearer a-token-for-metrics"}).status_code == 200


@pytest.mark.usefixtures("db")
async def test_sockets_are_counted_while_they_are_open():
    scope = {"type": "websocket", "path": "/ws/inbox/", "headers": [], "query_string": b"", "subprotocols": []}
    socket = ApplicationCommunicator(application, scope)
    await socket.send_input({"type": "websocket.connect"})
    await socket.receive_output()
    assert sockets_open() == 1
    await socket.send_input({"type": "websocket.disconnect", "code": 1000})
    await socket.wait()
    assert sockets_open() == 0


def sockets_open() -> float | None:
    return REGISTRY.get_sample_value("recruitchat_sockets_open", {"kind": "inbox"})


def test_an_identifier_is_no_earlier_than_its_time():
    before = timezone.now()
    assert earliest_id(before) <= new_id()
    assert AddressedModel._meta.get_field("id").default is new_id
