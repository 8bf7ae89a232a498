import signal
import subprocess
import time
from abc import ABC, abstractmethod
from pathlib import Path

from recruitchat.local_services import account, groups

STARTS_WITHIN_SECONDS = 40


class Server(ABC):
    """One server process, in the foreground of its own process group."""

    name: str
    ending: list[tuple[signal.Signals, float]]
    """Signals to end it by, gentlest first, and how long each may take."""

    def __init__(self, data_dir: Path, sockets: Path, *, durable: bool) -> None:
        self.data_dir = data_dir
        self.sockets = sockets
        self.durable = durable
        self.log = data_dir / "logs" / f"{self.name}.log"

    @abstractmethod
    def prepare(self) -> list[str]:
        """Lay out what the server needs, and return its command."""

    @abstractmethod
    def is_ready(self) -> bool: ...

    @abstractmethod
    def urls(self) -> dict[str, str]: ...

    def start(self) -> None:
        self.log.write_bytes(b"")
        command = self.prepare()
        with self.log.open("ab") as log:
            self.process = subprocess.Popen(
                command,
                cwd="/",
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=log,
                process_group=0,
                **account.credentials(),
            )
        deadline = time.monotonic() + STARTS_WITHIN_SECONDS
        while not self.is_ready():
            if self.process.poll() is not None or time.monotonic() > deadline:
                self.stop()
                raise RuntimeError(f"{self.name} did not start.\n{self.last_lines()}")
            time.sleep(0.01)
        self.once_ready()

    def once_ready(self) -> None:  # noqa: B027 - most have nothing to do
        """What is to be done each time before anybody is let in."""

    def stop(self) -> None:
        for sign, seconds in [*self.ending, (signal.SIGKILL, 5.0)]:
            if self.process.poll() is not None:
                break
            self.process.send_signal(sign)
            try:
                self.process.wait(seconds)
            except subprocess.TimeoutExpired:
                continue
        groups.send(self.process.pid, signal.SIGKILL)

    def run(self, command: list[str], given: str = "") -> None:
        """Run one of the server's tools, as its account, with `given` on its standard input."""
        done = subprocess.run(
            command,
            cwd="/",
            input=given,
            capture_output=True,
            text=True,
            check=False,
            **account.credentials(),
        )
        if done.returncode:
            raise RuntimeError(f"{Path(command[0]).name} failed.\n{done.stdout}{done.stderr}")

    def last_lines(self) -> str:
        return "\n".join(self.log.read_text(errors="replace").splitlines()[-15:]) + f"\n(all of it: {self.log})"
