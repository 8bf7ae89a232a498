import fcntl
import json
import os
import socket
import subprocess
import sys
import time
from pathlib import Path
from types import TracebackType
from typing import Any, Self

PROJECT = Path(__file__).resolve().parent.parent.parent
SETTLES_WITHIN_SECONDS = 60
NEEDED_FOR = {"DATABASE_URL": "postgres", "REDIS_URL": "valkey"}


class ServicesError(Exception):
    """The services could not be started; the message says why and what to do."""


class Lease:
    """A process's claim on the services, which run for as long as anybody holds one.

    The claim is an open connection to the guard, so it ends with the process, however that dies.
    """

    def __init__(self, connection: socket.socket | None = None) -> None:
        self._connection = connection

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def close(self) -> None:
        if self._connection:
            self._connection.close()

    def fileno(self) -> int:
        """Readable when the guard has gone, and the services with it. -1 when there is no guard."""
        return self._connection.fileno() if self._connection else -1

    def take_along(self, group: int) -> None:
        """Have this process group killed when this process ends."""
        self._tell({"take_along": group})

    def leave_alone(self, group: int) -> None:
        """The group has ended by itself; its number may belong to somebody else soon."""
        self._tell({"leave_alone": group})

    def _tell(self, order: dict[str, Any]) -> None:
        if self._connection:
            self._connection.sendall(json.dumps(order).encode() + b"\n")


def ensure(data_dir: Path | str | None = None, *, durable: bool = True, discard: bool = False) -> Lease:
    """Make DATABASE_URL, OWNER_DATABASE_URL and REDIS_URL hold, starting or joining what they need.

    Variables that are set already are left as they are, and nothing is started for them. `durable=False`
    trades safety in a power cut for speed; `discard` removes the data folder with the services.
    Raises ServicesError.
    """
    needs = [service for variable, service in NEEDED_FOR.items() if not os.environ.get(variable)]
    if not needs:
        return Lease()
    folder = data_folder(data_dir)
    request = {"needs": needs, "durable": durable, "discard": discard}
    deadline = time.monotonic() + SETTLES_WITHIN_SECONDS
    while time.monotonic() < deadline:
        connection = _join(folder) or _start(folder)
        urls = _ask(connection, request) if connection else None
        if connection and urls:
            os.environ.update(urls)
            return Lease(connection)
        time.sleep(0.05)
    raise ServicesError(f"The services under {folder} did not answer; their logs are in {folder / 'logs'}.")


def data_folder(data_dir: Path | str | None = None) -> Path:
    folder = (PROJECT / (data_dir or os.environ.get("DATA_DIR") or ".data")).resolve()
    try:
        if not folder.exists():
            folder.mkdir(parents=True)
            # As root the servers run as somebody else, who has to get through to what is theirs.
            folder.chmod(0o711 if os.geteuid() == 0 else 0o700)
    except OSError as error:
        raise ServicesError(f"The data folder can't be made: {error}") from error
    return folder


def _join(folder: Path) -> socket.socket | None:
    connection = socket.socket(socket.AF_UNIX)
    try:
        connection.connect((folder / "guard").read_text())
    except OSError:
        connection.close()
        return None
    return connection


def _start(folder: Path) -> socket.socket | None:
    """Start a guard if none holds the folder, and be its first client.

    The lock is taken here and handed down, so that of many starters at once only one starts a guard.
    """
    with (folder / "lock").open("w") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            return None
        ours, theirs = socket.socketpair()
        with theirs:
            fds = (theirs.fileno(), lock.fileno())
            guard = [sys.executable, "-m", "recruitchat.local_services.guard", str(folder), *map(str, fds)]
            (folder / "logs").mkdir(exist_ok=True)
            # Not our own output: whoever reads that would wait for the guard to end.
            with (folder / "logs" / "guard.log").open("w") as log:
                subprocess.run(
                    guard,
                    cwd=PROJECT,
                    pass_fds=fds,
                    stdin=subprocess.DEVNULL,
                    stdout=log,
                    stderr=log,
                    check=True,
                )
        return ours


def _ask(connection: socket.socket, request: dict[str, Any]) -> dict[str, str] | None:
    """The addresses; None if the guard was just leaving and another one is needed."""
    try:
        connection.settimeout(SETTLES_WITHIN_SECONDS)
        connection.sendall(json.dumps(request).encode() + b"\n")
        answer = connection.makefile("rb").readline()
    except OSError:
        answer = b""
    if not answer:
        connection.close()
        return None
    connection.settimeout(None)
    reply = json.loads(answer)
    if "error" in reply:
        connection.close()
        raise ServicesError(reply["error"])
    return reply["urls"]
