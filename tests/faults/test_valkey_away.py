"""Valkey goes away under the running product and comes back: nobody waits for it, nothing is lost."""

import asyncio
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from asgiref.sync import sync_to_async
from channels.layers import channel_layers

from conversations import broadcasting, live_socket
from conversations.models import Message
from recruitchat.local_services import account
from recruitchat.local_services.valkey import Valkey
from tests.cast import signed_in
from tests.listening import listening


@pytest.fixture
def valkey(settings, monkeypatch) -> Iterator[Valkey]:
    """A Valkey of this test's own, which may be killed."""
    with tempfile.TemporaryDirectory(prefix="recruitchat-tests-", dir="/tmp") as folder:
        Path(folder).chmod(0o711)
        (Path(folder) / "logs").mkdir()
        valkey = Valkey(Path(folder), account.make_folder(Path(folder) / "sockets"), durable=False)
        valkey.start()
        settings.REDIS_URL = valkey.urls()["REDIS_URL"]
        settings.CHANNEL_LAYERS = {
            "default": settings.CHANNEL_LAYERS["default"] | {"CONFIG": {"hosts": [settings.REDIS_URL]}}
        }
        broadcasting._connections.cache_clear()
        monkeypatch.setattr(channel_layers, "backends", {})
        monkeypatch.setattr(live_socket, "ASK_AGAIN_SECONDS", 0.5)
        yield valkey
        valkey.stop()
        broadcasting._connections.cache_clear()


def reply(cast, conversation, text: str) -> float:
    """How long it took."""
    began = time.monotonic()
    said = {"text": text, "kind": "reply"}
    answer = signed_in(cast.jana).post(
        f"/conversations/{conversation.pk}/messages/", said, headers={"HX-Request": "true"}
    )
    assert answer.status_code == 201
    return time.monotonic() - began


def count(cast) -> int:
    with cast.inside():
        return Message.objects.filter(kind="outbound").count()


async def test_what_was_said_meanwhile_is_caught_up_and_the_next_is_live_again(cast, valkey):
    conversation = await sync_to_async(cast.apply)()
    path = f"/ws/conversations/{conversation.pk}/"
    async with listening(path, cast.petr) as petr, listening("/ws/inbox/", cast.petr) as lists:
        seen = (await petr.hear("ready"))["number"]
        await lists.hear("ready")
        await sync_to_async(valkey.stop)()
        assert await sync_to_async(reply)(cast, conversation, "Said without Valkey") < 10
        async with asyncio.timeout(10):
            while (number := (await petr.hear("now"))["number"]) == seen:
                pass  # said before the reply was written
        assert number == seen + 1
        assert await lists.hear("caught-up")
        await sync_to_async(valkey.start)()
        heard, said = "", 1
        while "Anybody there?" not in heard:
            await sync_to_async(reply)(cast, conversation, "Anybody there?")
            said += 1
            while not await petr.receive_nothing(0.2):
                heard += (await petr.next_message()).get("html", "")
    assert await sync_to_async(count)(cast) == said
