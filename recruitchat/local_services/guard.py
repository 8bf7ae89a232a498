"""The process that the services are children of, and that ends them when nobody holds a lease any
more.

A lease is an open connection to the guard. The kernel closes it when its holder dies, by `kill -9`
too; so nothing has to be cleaned up by those who die, and nothing outlives the last of them.

    python -m recruitchat.local_services.guard DATA_DIR FIRST_CLIENT_FD LOCK_FD
"""

import json
import os
import selectors
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any

from recruitchat.local_services import account, groups
from recruitchat.local_services.postgres import Postgres
from recruitchat.local_services.server import Server
from recruitchat.local_services.valkey import Valkey

KINDS: dict[str, type[Server]] = {kind.name: kind for kind in (Postgres, Valkey)}
LOOKS_AFTER_SERVERS_EVERY_SECONDS = 1.0
GRACE_SECONDS = 0.8
SOCKETS = Path("/tmp/recruitchat-")  # noqa: S108 - a folder of its own, by mkdtemp


class Client:
    def __init__(self, connection: socket.socket) -> None:
        self.connection = connection
        self.unread = b""
        self.groups: set[int] = set()

    def orders(self) -> Iterator[dict[str, Any]]:
        """What it has sent since last time. Raises EOFError when it has gone."""
        try:
            received = self.connection.recv(65536)
        except ConnectionError:
            received = b""
        if not received:
            raise EOFError
        *lines, self.unread = (self.unread + received).split(b"\n")
        yield from map(json.loads, lines)

    def answer(self, reply: dict[str, Any]) -> None:
        with suppress(OSError):  # It has gone, then; the next read says so.
            self.connection.sendall(json.dumps(reply).encode() + b"\n")


class Guard:
    def __init__(self, data_dir: Path, sockets: Path) -> None:
        self.data_dir = data_dir
        self.sockets = sockets
        self.servers: dict[str, Server] = {}
        self.discard = False
        self.selector = selectors.DefaultSelector()
        self.door = socket.socket(socket.AF_UNIX)
        self.door.bind(str(sockets / "guard.sock"))
        self.door.listen()
        self.selector.register(self.door, selectors.EVENT_READ)

    def admit(self, connection: socket.socket) -> None:
        self.selector.register(connection, selectors.EVENT_READ, Client(connection))

    def watch(self) -> None:
        """Serve until the last client has gone or a server has died."""
        while self._clients() and all(server.process.poll() is None for server in self.servers.values()):
            for key, _ in self.selector.select(LOOKS_AFTER_SERVERS_EVERY_SECONDS):
                if isinstance(key.data, Client):
                    self._attend(key.data)
                else:
                    self.admit(self.door.accept()[0])

    def close(self) -> None:
        """Nobody finds the way in any more; those inside are dismissed, their process groups with them."""
        (self.data_dir / "guard").unlink(missing_ok=True)
        self.door.close()
        for client in self._clients():
            self._dismiss(client)
        for server in reversed(self.servers.values()):
            server.stop()

    def _clients(self) -> list[Client]:
        return [key.data for key in self.selector.get_map().values() if key.data]

    def _attend(self, client: Client) -> None:
        try:
            for order in client.orders():
                self._obey(client, order)
        except EOFError:
            self._dismiss(client)

    def _obey(self, client: Client, order: dict[str, Any]) -> None:
        match order:
            case {"take_along": int(group)}:
                client.groups.add(group)
            case {"leave_alone": int(group)}:
                client.groups.discard(group)
            case {"needs": list(names), "durable": bool(durable), "discard": bool(discard)}:
                self.discard = self.discard or discard
                client.answer(self._provide(names, durable=durable))

    def _provide(self, names: list[str], *, durable: bool) -> dict[str, Any]:
        urls: dict[str, str] = {}
        try:
            for name in names:
                if name not in self.servers:
                    server = KINDS[name](self.data_dir, self.sockets, durable=durable)
                    server.start()
                    self.servers[name] = server
                urls |= self.servers[name].urls()
        except (RuntimeError, OSError) as error:
            return {"error": str(error)}
        return {"urls": urls}

    def _dismiss(self, client: Client) -> None:
        self.selector.unregister(client.connection)
        client.connection.close()
        groups.end(client.groups, grace_seconds=GRACE_SECONDS)


@contextmanager
def short_folder() -> Iterator[Path]:
    """For the sockets: a socket's path may have 107 bytes (103 on macOS), and data folders lie deeper."""
    folder = Path(tempfile.mkdtemp(prefix=SOCKETS.name, dir=SOCKETS.parent))
    try:
        yield account.make_folder(folder)
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def end_orphans(data_dir: Path) -> None:
    """A guard that was itself killed leaves servers and sockets behind; they are nobody's."""
    try:
        sockets = Path((data_dir / "guard").read_text()).parent
        listed = subprocess.run(["ps", "-axwwo", "pid=,command="], capture_output=True, text=True, check=True)
    except OSError:
        return
    if not sockets.match(f"{SOCKETS}*"):
        return  # It was killed while writing that down.
    orphans = [int(line.split()[0]) for line in listed.stdout.splitlines() if str(sockets) in line]
    # What makes PostgreSQL end at once. It recovers when it starts again.
    groups.end(orphans, sign=signal.SIGQUIT, grace_seconds=GRACE_SECONDS)
    shutil.rmtree(sockets, ignore_errors=True)


def _ask_to_leave(_signal: int, _frame: object) -> None:
    raise SystemExit


def main(data_dir: Path, first_client: socket.socket) -> None:
    signal.signal(signal.SIGTERM, _ask_to_leave)
    signal.signal(signal.SIGHUP, signal.SIG_IGN)
    for variable in [name for name in os.environ if name.startswith("PG")]:
        del os.environ[variable]  # They are about somebody's other server.
    end_orphans(data_dir)
    with short_folder() as sockets:
        guard = Guard(data_dir, sockets)
        guard.admit(first_client)
        (data_dir / "guard").write_text(str(sockets / "guard.sock"))
        try:
            guard.watch()
        finally:
            signal.signal(signal.SIGTERM, signal.SIG_IGN)
            guard.close()
            if guard.discard:
                shutil.rmtree(data_dir, ignore_errors=True)


if __name__ == "__main__":
    data_dir, first_client, lock = Path(sys.argv[1]), socket.socket(fileno=int(sys.argv[2])), int(sys.argv[3])
    os.set_inheritable(lock, False)  # Held until this process ends, and by no child of it.
    first_client.set_inheritable(False)
    if os.fork() == 0:
        os.setsid()
        main(data_dir, first_client)
