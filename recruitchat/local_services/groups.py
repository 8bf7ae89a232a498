"""Starting and ending process groups."""

import os
import signal
import time
from collections.abc import Iterable
from contextlib import suppress


def is_alive(group: int) -> bool:
    try:
        os.killpg(group, 0)
    except (ProcessLookupError, PermissionError):
        return False
    return True


def send(group: int, sign: signal.Signals) -> None:
    with suppress(ProcessLookupError, PermissionError):
        os.killpg(group, sign)


def end(groups: Iterable[int], *, grace_seconds: float, sign: signal.Signals = signal.SIGTERM) -> None:
    """Ask all groups to end, wait for them together, and kill what is left of any."""
    groups = list(groups)
    for group in groups:
        send(group, sign)
    deadline = time.monotonic() + grace_seconds
    while time.monotonic() < deadline and any(map(is_alive, groups)):
        time.sleep(0.02)
    for group in groups:
        send(group, signal.SIGKILL)
