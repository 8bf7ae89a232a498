import asyncio
from typing import Any

from asgiref.sync import sync_to_async

from recruitchat.lanes import Lanes

WHOLE = {"type": "http.request", "body": b""}
LEFT = {"type": "http.disconnect"}


def saying(*messages: dict[str, Any]) -> Any:
    """An ASGI `receive` that says these, and then nothing more."""
    left = iter(messages)

    async def receive() -> dict[str, Any]:
        try:
            return next(left)
        except StopIteration:
            await asyncio.Future()
            raise

    return receive


def request() -> dict[str, Any]:
    return {"type": "http", "path": "/"}


def test_a_request_that_came_whole_is_finished_though_its_sender_has_left():
    done: list[str] = []

    async def application(scope: Any, receive: Any, send: Any) -> None:
        await receive()
        leaving = asyncio.create_task(receive())
        await sync_to_async(done.append)("begun")
        await asyncio.wait([leaving], timeout=0.05)
        done.append("told of the leaving" if leaving.done() else "finished")
        leaving.cancel()

    asyncio.run(Lanes(application, 1, largest=10)(request(), saying(WHOLE, LEFT), None))
    assert done == ["begun", "finished"]


def test_who_sends_slowly_holds_no_lane():
    served: list[str] = []

    async def application(scope: Any, receive: Any, send: Any) -> None:
        served.append((await receive())["body"].decode())

    async def ask() -> None:
        lanes = Lanes(application, 1, largest=10)
        beginning = saying({"type": "http.request", "body": b"a", "more_body": True})
        slow = asyncio.create_task(lanes(request(), beginning, None))
        await lanes(request(), saying({"type": "http.request", "body": b"b"}), None)
        slow.cancel()

    asyncio.run(ask())
    assert served == ["b"]


def test_who_leaves_before_the_end_is_not_served():
    async def application(scope: Any, receive: Any, send: Any) -> None:
        raise AssertionError

    asyncio.run(Lanes(application, 1, largest=10)(request(), saying(LEFT), None))


def test_what_came_in_is_told_again_in_parts_and_too_much_of_it_is_not():
    heard: list[tuple[bool, int]] = []

    async def application(scope: Any, receive: Any, send: Any) -> None:
        size, more = 0, True
        while more:
            message = await receive()
            size, more = size + len(message["body"]), message["more_body"]
        heard.append((scope["is_too_large"], size))

    parts = [{"type": "http.request", "body": b"x" * 500_000, "more_body": number < 9} for number in range(10)]
    for largest in (5_000_000, 4_999_999):
        asyncio.run(Lanes(application, 1, largest=largest)(request(), saying(*parts), None))
    assert heard == [(False, 5_000_000), (True, 0)]
