import asyncio
import os
import signal
import sys
import time
from asyncio.subprocess import Process
from collections import deque
from contextlib import suppress
from dataclasses import dataclass, field

from recruitchat.local_services import groups
from recruitchat.local_services.lease import PROJECT, Lease

LINES_KEPT = 20
LONGEST_LINE_BYTES = 1024 * 1024
A_START_LASTS_SECONDS = 10
GRACE_SECONDS = 1.5


class ProgramFailed(Exception):
    """A program could not do its work; the message ends with its last lines."""


@dataclass
class Program:
    name: str
    command: list[str]
    colour: int = 37
    last_lines: deque[str] = field(default_factory=lambda: deque(maxlen=LINES_KEPT))

    def say(self, line: str) -> None:
        name = f"{self.name:>8} |"
        print(
            f"\033[{self.colour}m{name}\033[0m {line}" if sys.stdout.isatty() else f"{name} {line}",
            flush=True,
        )

    def failed(self, returncode: int) -> ProgramFailed:
        return ProgramFailed(f"{self.name} ended with {returncode}. It said last:\n" + "\n".join(self.last_lines))


class Runner:
    """Runs programs, each in a process group of its own that the guard ends should we be killed."""

    def __init__(self, lease: Lease) -> None:
        self.lease = lease

    async def once(self, program: Program) -> None:
        """Raises ProgramFailed."""
        if returncode := await self._run(program):
            raise program.failed(returncode)

    async def forever(self, program: Program) -> None:
        """A program that dies is started again; one that can't even start is given up with ProgramFailed."""
        while True:
            started = time.monotonic()
            returncode = await self._run(program)
            if time.monotonic() - started < A_START_LASTS_SECONDS:
                raise program.failed(returncode)
            program.say(f"ended with {returncode}; starting it again")

    async def _run(self, program: Program) -> int:
        process = await asyncio.create_subprocess_exec(
            *program.command,
            cwd=PROJECT,
            env=os.environ | {"PYTHONUNBUFFERED": "1"},
            stdin=asyncio.subprocess.DEVNULL,
            stdout=asyncio.subprocess.PIPE,
            stderr=asyncio.subprocess.STDOUT,
            process_group=0,
            limit=LONGEST_LINE_BYTES,
        )
        self.lease.take_along(process.pid)
        try:
            await self._listen(process, program)
            return await process.wait()
        finally:
            await self._end(process)
            self.lease.leave_alone(process.pid)

    async def _listen(self, process: Process, program: Program) -> None:
        assert process.stdout
        async for line in process.stdout:
            program.last_lines.append(line.decode(errors="replace").rstrip())
            program.say(program.last_lines[-1])

    async def _end(self, process: Process) -> None:
        if process.returncode is None:
            groups.send(process.pid, signal.SIGTERM)
            with suppress(TimeoutError):
                await asyncio.wait_for(process.wait(), GRACE_SECONDS)
        # What it left behind, such as the children of a worker that was killed, would go on without it.
        groups.send(process.pid, signal.SIGKILL)
        await process.wait()
