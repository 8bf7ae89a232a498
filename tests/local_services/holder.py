import json
import os
import subprocess
import sys
import time
from pathlib import Path
from typing import ClassVar

from recruitchat.local_services.lease import NEEDED_FOR, PROJECT

PROGRAM = """
import json, os, subprocess, sys
from recruitchat.local_services import ensure
lease = ensure(sys.argv[1], durable=False)
child = subprocess.Popen(["sleep", "60"], process_group=0)
lease.take_along(child.pid)
urls = {name: os.environ[name] for name in ("DATABASE_URL", "REDIS_URL")}
print(json.dumps(urls | {"child": str(child.pid)}))
sys.stdout.flush()
sys.stdin.read()
child.kill()
"""


class Holder:
    """Another process that holds a lease, and has a child that is to go with it."""

    running: ClassVar[list["Holder"]] = []

    def __init__(self, data_dir: Path, **environment: str) -> None:
        inherited = {name: value for name, value in os.environ.items() if name not in NEEDED_FOR}
        self.process = subprocess.Popen(
            [sys.executable, "-c", PROGRAM, str(data_dir)],
            cwd=PROJECT,
            env=inherited | environment,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )
        self.running.append(self)

    def settled(self) -> dict[str, str]:
        """Waits until it holds its lease, and tells the addresses it was given and its child."""
        assert self.process.stdout
        return json.loads(self.process.stdout.readline())

    def end(self) -> None:
        self.process.communicate("")

    def kill(self) -> None:
        self.process.kill()
        self.process.communicate()

    @classmethod
    def end_all(cls) -> None:
        while cls.running:
            holder = cls.running.pop()
            if holder.process.returncode is None:
                holder.end()


def commands() -> str:
    """What runs on this machine, without what is dead but not yet buried."""
    listed = subprocess.run(["ps", "-axwwo", "pid=,state=,command="], capture_output=True, text=True, check=True)
    return "\n".join(line for line in listed.stdout.splitlines() if line.split()[1][0] != "Z")


def is_gone(word: str, *, within_seconds: float) -> bool:
    """Whether no process mentions the word any more."""
    deadline = time.monotonic() + within_seconds
    while word in commands():
        if time.monotonic() > deadline:
            return False
        time.sleep(0.05)
    return True
