import asyncio

import pytest

from recruitchat.local_services import Lease, programs
from recruitchat.local_services.programs import Program, ProgramFailed, Runner


def shell(script: str) -> Program:
    return Program("shell", ["sh", "-c", script])


async def test_what_fails_is_shown_with_its_last_lines() -> None:
    with pytest.raises(ProgramFailed, match="shell ended with 3") as failed:
        await Runner(Lease()).once(shell("echo no such table >&2; exit 3"))
    assert str(failed.value).endswith("no such table")


async def test_what_cannot_start_is_given_up() -> None:
    with pytest.raises(ProgramFailed):
        await Runner(Lease()).forever(shell("exit 1"))


async def test_what_dies_later_is_started_again(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(programs, "A_START_LASTS_SECONDS", 0)
    with pytest.raises(TimeoutError):
        await asyncio.wait_for(Runner(Lease()).forever(shell("echo up; exit 1")), 0.5)
    assert capsys.readouterr().out.count("| up") > 1


async def test_cancelled_means_ended_with_its_children() -> None:
    running = asyncio.create_task(Runner(Lease()).once(program := shell("sleep 60 & echo $!; wait")))
    while not program.last_lines:
        await asyncio.sleep(0.01)
    running.cancel()
    with pytest.raises(asyncio.CancelledError):
        await running
    child = await asyncio.create_subprocess_exec("sh", "-c", f"ps -o state= -p {program.last_lines[0]} | grep -v Z")
    assert await child.wait() == 1
