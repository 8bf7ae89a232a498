"""Looking for viruses by ClamAV's daemon, when the installation has one (CLAMD_URL): clamd(8), INSTREAM."""

import socket
import struct
from urllib.parse import urlsplit

import structlog
from django.conf import settings
from django.utils.translation import gettext_noop

from conversations import refusals

CHUNK = 64 * 1024
PATIENCE_SECONDS = 20
LONGEST_NAME = 200  # of a virus
NOT_SCANNED = gettext_noop("could not be checked for viruses")
log = structlog.get_logger(__name__)


def infection(content: bytes) -> str:
    """The name of what was found, empty when nothing was or nobody looks. Raises NotScanned,
    ScannerAway."""
    if not settings.CLAMD_URL:
        return ""
    try:
        answer = _asked(content)
    except OSError as error:
        log.warning("not_scanned", error=repr(error))
        raise refusals.ScannerAway from error
    if answer.endswith("FOUND"):
        return answer.removeprefix("stream:").removesuffix("FOUND").strip() or "?"
    if answer.endswith("OK"):
        return ""
    log.warning("not_scanned", error=answer[:200])
    raise refusals.NotScanned


def _asked(content: bytes) -> str:
    with _connected(settings.CLAMD_URL) as daemon:
        daemon.sendall(b"zINSTREAM\0")
        for begin in range(0, len(content), CHUNK):
            chunk = content[begin : begin + CHUNK]
            daemon.sendall(struct.pack(">I", len(chunk)) + chunk)
        daemon.sendall(struct.pack(">I", 0))
        answer = b""
        while not answer.endswith(b"\0") and (more := daemon.recv(4096)):
            answer += more
    return answer.rstrip(b"\0\n").decode("utf-8", "replace")


def _connected(url: str) -> socket.socket:
    """`tcp://host:3310` or `unix:///run/clamav/clamd.ctl`."""
    place = urlsplit(url)
    if place.scheme == "unix":
        daemon = socket.socket(socket.AF_UNIX)
        daemon.settimeout(PATIENCE_SECONDS)
        daemon.connect(place.path)
        return daemon
    return socket.create_connection((place.hostname or "localhost", place.port or 3310), timeout=PATIENCE_SECONDS)
