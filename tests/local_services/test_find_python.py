import os
import subprocess
import sys
from pathlib import Path

import pytest

from recruitchat.local_services.lease import PROJECT

TOOLS = "/usr/bin:/bin"


@pytest.fixture
def find(tmp_path: Path) -> "Finder":
    return Finder(tmp_path)


class Finder:
    """Runs bin/find-python on a machine that has only the Pythons given to it."""

    def __init__(self, home: Path) -> None:
        self.home = home
        self.path = home / "bin"
        self.path.mkdir()
        # Everything the script needs but a Python.
        for tool in ("sh", "tr", "sed", "ls", "sort", "cat"):
            [real] = [f"{folder}/{tool}" for folder in ("/usr/bin", "/bin") if os.path.exists(f"{folder}/{tool}")][:1]
            (self.path / tool).symlink_to(real)

    def has(self, place: str, script: str) -> Path:
        python = self.home / place
        python.parent.mkdir(parents=True, exist_ok=True)
        python.write_text(f"#!/bin/sh\n{script}\n")
        python.chmod(0o755)
        return python

    def __call__(self) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            ["/bin/sh", PROJECT / "bin" / "find-python"],
            env={"PATH": str(self.path), "HOME": str(self.home), "ELSEWHERE": ""},
            capture_output=True,
            text=True,
            check=False,
        )


BROKEN_SHIM = 'echo "pyenv: python3.13: command not found" >&2; exit 127'
REAL = f'exec {sys.executable} "$@"'
TOO_OLD = "exit 1"


def test_a_broken_shim_is_passed_over(find: Finder) -> None:
    find.has("bin/python3.13", BROKEN_SHIM)
    good = find.has("bin/python3.12", REAL)
    assert find().stdout == f"{good}\n"


@pytest.mark.parametrize(
    "place", [".pyenv/versions/3.12.1/bin/python3", ".local/share/uv/python/cpython-3.13/bin/python3"]
)
def test_installations_of_pyenv_and_uv_are_looked_into(find: Finder, place: str) -> None:
    find.has("bin/python3", TOO_OLD)
    good = find.has(place, REAL)
    assert find().stdout == f"{good}\n"


def test_without_any_it_says_so(find: Finder) -> None:
    find.has("bin/python3", BROKEN_SHIM)
    found = find()
    assert (found.returncode, found.stdout) == (1, "")
    assert "needs Python 3.12 or newer" in found.stderr
