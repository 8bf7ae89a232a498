import asyncio
from typing import Any

from asgiref.sync import sync_to_async

from recruitchat.lanes import Lanes


def test_a_request_that_came_whole_is_finished_though_its_sender_has_left():
    done: list[str] = []

    async def application(scope: Any, receive: Any, send: Any) -> None:
        await receive()
        leaving = asyncio.create_task(receive())
        await sync_to_async(done.append)("begun")
        await asyncio.wait([leaving], timeout=0.05)
        done.append("told of the leaving" if leaving.done() else "finished")
        leaving.cancel()

    async def ask() -> None:
        messages = iter([{"type": "http.request", "body": b""}, {"type": "http.disconnect"}])

        async def receive() -> dict[str, Any]:
            return next(messages)

        await Lanes(application, 1)({"type": "http", "path": "/"}, receive, None)

    asyncio.run(ask())
    assert done == ["begun", "finished"]
