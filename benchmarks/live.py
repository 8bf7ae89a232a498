"""From a recruiter's POST to the last of 200 sockets in two web processes, beside a bare broadcast of the same bytes."""

import asyncio
import os
import secrets
import socket
import subprocess
import sys
import time
from contextlib import ExitStack
from statistics import median
from uuid import uuid4

import requests
from channels.layers import get_channel_layer
from websockets.asyncio.client import ClientConnection, connect

from benchmarks.live_app import GROUP
from benchmarks.pages import Visitor
from benchmarks.results import Row
from benchmarks.seed import DATABASE

SOCKETS = 200
PROCESSES = 2
ROUNDS = 15
LIMIT = 2.0
SETTLING_SECONDS = 5
CSRF = secrets.token_hex(16)


def live() -> list[Row]:
    with ExitStack() as stack:
        ports = [_serve(stack) for _ in range(PROCESSES)]
        ours, bare = asyncio.run(_measure(Visitor("large"), ports))
    work = f"{SOCKETS} sockets, {PROCESSES} web processes, median of {ROUNDS}"
    return [Row("live-message", median(ours), median(bare), LIMIT, "ms", work)]


def _serve(stack: ExitStack) -> int:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    command = [
        sys.executable,
        "-m",
        "uvicorn",
        "benchmarks.live_app:application",
        "--port",
        str(port),
        "--log-level",
        "warning",
    ]
    url = os.environ["DATABASE_URL"].rsplit("/", 1)[0] + f"/{DATABASE}"
    process = subprocess.Popen(command, env=os.environ | {"DATABASE_URL": url})
    stack.callback(process.wait)
    stack.callback(process.terminate)
    for _ in range(200):
        with socket.socket() as probe:
            if probe.connect_ex(("127.0.0.1", port)) == 0:
                return port
        time.sleep(0.1)
    raise RuntimeError("the web process did not come up")


class Screen:
    """A socket that is read all the time, as a browser reads it, and can say when something came."""

    def __init__(self, connection: ClientConnection) -> None:
        self.connection = connection
        self._sought = ""
        self._heard: asyncio.Future[str] = asyncio.get_running_loop().create_future()
        self._reading = asyncio.create_task(self._read())

    async def _read(self) -> None:
        async for text in self.connection:
            if self._sought and self._sought in str(text) and not self._heard.done():
                self._heard.set_result(str(text))

    def seek(self, words: str) -> "asyncio.Future[str]":
        self._sought, self._heard = words, asyncio.get_running_loop().create_future()
        return self._heard

    async def close(self) -> None:
        await self.connection.close()
        await self._reading


async def _measure(visitor: Visitor, ports: list[int]) -> tuple[list[float], list[float]]:
    cookie = f"sessionid={visitor.client.cookies['sessionid'].value}; csrftoken={CSRF}"
    thread = await _open(ports, f"/ws/conversations/{visitor.conversation}/", cookie)
    bare = await _open(ports, "/bare/", cookie)
    await asyncio.sleep(SETTLING_SECONDS)
    layer = get_channel_layer()
    ours: list[float] = []
    bares: list[float] = []
    with requests.Session() as client:
        client.headers["Cookie"] = cookie
        for round_ in range(ROUNDS + 3):
            client_id = str(uuid4())
            began = time.perf_counter()
            waiting = asyncio.gather(*(screen.seek(client_id) for screen in thread))
            await asyncio.to_thread(_say, client, ports[0], visitor, client_id)
            texts = await asyncio.wait_for(waiting, 30)
            took = (time.perf_counter() - began) * 1000
            began = time.perf_counter()
            waiting = asyncio.gather(*(screen.seek(client_id) for screen in bare))
            await layer.group_send(GROUP, {"type": "bare", "text": texts[0]})
            await asyncio.wait_for(waiting, 30)
            if round_ >= 3:
                ours.append(took)
                bares.append((time.perf_counter() - began) * 1000)
    await asyncio.gather(*(screen.close() for screen in [*thread, *bare]))
    return ours, bares


async def _open(ports: list[int], path: str, cookie: str) -> list[Screen]:
    return [
        Screen(
            await connect(
                f"ws://127.0.0.1:{ports[number % len(ports)]}{path}",
                additional_headers={"Cookie": cookie},
                origin=f"http://127.0.0.1:{ports[number % len(ports)]}",
                compression=None,
                ping_interval=None,
            )
        )
        for number in range(SOCKETS)
    ]


def _say(client: requests.Session, port: int, visitor: Visitor, client_id: str) -> None:
    address = f"http://127.0.0.1:{port}"
    response = client.post(
        f"{address}/conversations/{visitor.conversation}/messages/",
        data={"kind": "note", "text": "Call back on Thursday at ten.", "client_id": client_id},
        headers={"X-CSRFToken": CSRF, "Referer": address, "HX-Request": "true"},
        timeout=20,
    )
    assert response.ok, (response.status_code, response.text[:300])
