import os
import signal
import socket
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from recruitchat.local_services.lease import NEEDED_FOR, PROJECT
from tests.local_services.holder import is_gone


def free_port() -> str:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return str(probe.getsockname()[1])


class Run:
    def __init__(self, data_dir: Path, port: str) -> None:
        inherited = {name: value for name, value in os.environ.items() if name not in NEEDED_FOR}
        ours = {"DATA_DIR": str(data_dir), "PORT": port, "MAIL_PORT": free_port(), "DEMO": "0"}
        self.process = subprocess.Popen(
            [sys.executable, "-m", "recruitchat.local_services.run"],
            cwd=PROJECT,
            env=inherited | ours | {"ENVIRONMENT": "development"},
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
        )

    def said_until(self, word: str) -> str:
        """What it printed up to the word, or to its end."""
        assert self.process.stdout
        said = ""
        for line in self.process.stdout:
            said += line
            if word in line:
                break
        return said


@pytest.fixture
def port() -> str:
    return free_port()


@pytest.fixture
def run(data_dir: Path, port: str) -> Iterator[Run]:
    run = Run(data_dir, port)
    yield run
    run.process.kill()
    run.process.communicate()


def test_the_whole_product_runs_and_nothing_outlives_it(run: Run, data_dir: Path, port: str) -> None:
    said = run.said_until("is ready")
    assert f"http://localhost:{port}/" in said, said
    assert "create_organization" in run.said_until("create_organization")

    second, _ = Run(data_dir, free_port()).process.communicate()
    assert f"already, at http://localhost:{port}/" in second

    run.process.send_signal(signal.SIGKILL)
    assert is_gone(f"--port {port}", within_seconds=4)
    assert is_gone(str(data_dir), within_seconds=4)


def test_a_taken_port_is_told(data_dir: Path) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        run = Run(data_dir, str(taken.getsockname()[1]))
        said, _ = run.process.communicate()
    assert run.process.returncode == 1
    assert "is taken" in said
    assert "make run PORT=" in said
