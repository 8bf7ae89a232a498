"""Walks every socket: nobody hears what isn't theirs."""

import re

import pytest
from asgiref.testing import ApplicationCommunicator

from recruitchat.asgi import application
from recruitchat.sockets import sockets
from tests.cast import signed_in
from tests.walk.samples import PLACE

ROUTES = [str(socket.pattern) for socket in sockets]
FOR_ANY_MEMBER = {"ws/inbox/"}  # each hears their own, a guest what is delivered to them
BY_LINK = {"ws/c/<str:token>/"}
NOT_OPENED = "closed"


@pytest.fixture
def cookies(world) -> dict[str, str]:
    who = {"guest": world.cast.guest, "eva": world.cast.eva, "jana": world.cast.jana, "max": world.stranger.member}
    cookies = {name: f"sessionid={signed_in(member).cookies['sessionid'].value}" for name, member in who.items()}
    return cookies | {"nobody": ""}


async def said_first(path: str, cookie: str) -> str:
    """What the socket says when it is opened: `closed`, or the first thing it tells."""
    headers = [(b"cookie", cookie.encode()), (b"origin", b"http://localhost"), (b"host", b"localhost")]
    scope = {"type": "websocket", "path": path, "headers": headers, "query_string": b"", "subprotocols": []}
    socket = ApplicationCommunicator(application, scope)
    await socket.send_input({"type": "websocket.connect"})
    said = await socket.receive_output(5)
    if said["type"] == "websocket.accept":
        said = await socket.receive_output(5)
    await socket.send_input({"type": "websocket.disconnect", "code": 1000})
    await socket.wait(5)
    return NOT_OPENED if said["type"] == "websocket.close" else said["text"]


def path_to(route: str, ids: dict[str, str]) -> str:
    def value(place: re.Match[str]) -> str:
        return ids["token"] if place[1] == "token" else ids["conversation"]

    return "/" + PLACE.sub(value, route)


@pytest.mark.parametrize("route", ROUTES)
async def test_only_who_may_hear_hears(world, cookies, route):
    path = path_to(route, world.ids)
    assert await said_first(path, cookies["jana"]) != NOT_OPENED
    for name in cookies.keys() - {"jana"}:
        opens = route in BY_LINK or (route in FOR_ANY_MEMBER and name != "nobody")
        assert (await said_first(path, cookies[name]) != NOT_OPENED) is opens, (route, name)


async def test_a_wrong_link_opens_nothing(world, cookies):
    for token in ("x", "a" * 26, "%00", "é", "a" * 5000):
        assert await said_first(f"/ws/c/{token}/", cookies["nobody"]) == NOT_OPENED


async def test_nothing_of_another_organization_is_heard_in_the_list(world, cookies):
    assert "Lucie" not in await said_first("/ws/inbox/", cookies["max"])
