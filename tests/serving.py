"""Servers in a thread: uvicorn before an ASGI application, on the database of the test run, and one that says what a
test likes."""

import socket
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from typing import Any

import uvicorn


@contextmanager
def served(application: Any) -> Iterator[int]:
    """The port it answers at."""
    listening = socket.create_server(("127.0.0.1", 0))
    server = uvicorn.Server(uvicorn.Config(application, log_level="warning", lifespan="off"))
    thread = threading.Thread(target=server.run, kwargs={"sockets": [listening]}, daemon=True)
    thread.start()
    while not server.started:
        assert thread.is_alive(), "the server did not start"
        time.sleep(0.02)
    yield listening.getsockname()[1]
    server.should_exit = True
    thread.join(timeout=10)


@contextmanager
def answering(talk: Callable[[socket.socket], None]) -> Iterator[int]:
    """A server that says something to whoever calls; its port."""
    with socket.create_server(("127.0.0.1", 0)) as listening:

        def serve() -> None:
            with suppress(OSError):
                while True:
                    caller, _address = listening.accept()
                    with caller, suppress(OSError):
                        talk(caller)

        threading.Thread(target=serve, daemon=True).start()
        yield listening.getsockname()[1]
