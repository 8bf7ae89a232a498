"""Runs the whole product on this machine, for `make run`: services, web, worker, beat and mail."""

import asyncio
import fcntl
import http.client
import json
import os
import signal
import socket
import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from recruitchat.local_services.lease import PROJECT, Lease, ServicesError, data_folder, ensure
from recruitchat.local_services.programs import Program, ProgramFailed, Runner

HOST = "127.0.0.1"
NAME = "localhost"  # what is told: links in mails lead there, and browsers take passkeys for a name only
# The newest conversations of the demo come first; the others while somebody looks around.
FIRST = ("demo", "--migrate", "--newest", "6")
# The warning is about root, where the alternative would be an account that can't read the project.
CELERY = ("-W", "ignore:::celery.platforms", "-m", "celery", "--quiet", "-A", "recruitchat")


class Stopped(Exception):
    """Somebody asked for the end."""


def main() -> str | None:
    """The last thing to say: why it ended, unless somebody asked for it."""
    os.environ.setdefault("ENVIRONMENT", "development")
    web, mail = int(os.environ.get("PORT", "8000")), int(os.environ.get("MAIL_PORT", "2525"))
    refuse_taken_port(web, "PORT")
    refuse_taken_port(mail, "MAIL_PORT")
    failure = None
    try:
        with the_only_one_on(data_folder(), web), ensure() as lease:
            asyncio.run(run(lease, web_port=web, mail_port=mail))
    except* (Stopped, KeyboardInterrupt):
        print("\nStopped.")
    except* (ServicesError, ProgramFailed) as errors:
        failure = "\n\n".join(map(str, errors.exceptions))
    return failure


def refuse_taken_port(port: int, variable: str) -> None:
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((HOST, port))
        except OSError:
            sys.exit(
                f"Port {port} is taken, perhaps by another copy of RecruitChat. "
                f"Stop what uses it, or choose another port: make run {variable}={port + 1}"
            )


@contextmanager
def the_only_one_on(folder: Path, web: int) -> Iterator[None]:
    """Holds the data folder for this run: two would do each other's work with each other's addresses."""
    with (folder / "run").open("a+") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            lock.seek(0)
            sys.exit(
                f"RecruitChat runs on {shown(folder)} already, at {lock.read().strip()}. "
                "Stop it, or choose another folder: make run DATA_DIR=.data-2"
            )
        lock.truncate(0)
        lock.write(address(web))
        lock.flush()
        yield


def address(port: int) -> str:
    return f"http://{NAME}:{port}/"


async def run(lease: Lease, *, web_port: int, mail_port: int) -> None:
    runner = Runner(lease)
    async with asyncio.TaskGroup() as tasks:
        tasks.create_task(until_stopped(lease))
        first = manage(*FIRST) if wants_demo() else manage("migrate", "--database", "owner")
        prepared = tasks.create_task(runner.once(first))
        # What takes longer to load than to begin loads meanwhile, one after another on the second core.
        tasks.create_task(runner.forever(web(web_port)))
        await until_answering(web_port, "/health/live")
        tasks.create_task(runner.forever(mail(mail_port)))
        await until_listening(mail_port)
        tasks.create_task(runner.forever(worker()))
        await prepared
        tasks.create_task(runner.forever(beat()))
        await until_answering(web_port, "/health/ready")
        print(welcome(web_port), flush=True)
        if wants_demo():
            await runner.once(manage("demo"))


def web(port: int) -> Program:
    uvicorn = ("uvicorn", "recruitchat.asgi:application", "--host", HOST, "--port", str(port))
    return Program("web", python("-m", *uvicorn, "--timeout-graceful-shutdown", "1", "--ws-max-size", "65536"), 36)


def worker() -> Program:
    several = ("--concurrency", "2", "--loglevel", "INFO", "--without-mingle", "--without-gossip")
    return Program("worker", python(*CELERY, "worker", *several), 32)


def mail(port: int) -> Program:
    os.environ["MAIL_PORT"] = str(port)
    return Program("mail", python("manage.py", "listen_for_mail"), 35)


def beat() -> Program:
    schedule = str(data_folder() / "beat-schedule")
    return Program("beat", python(*CELERY, "beat", "--schedule", schedule, "--pidfile", ""), 33)


def manage(*words: str) -> Program:
    return Program(words[0], python("manage.py", *words))


def python(*words: str) -> list[str]:
    return [sys.executable, *words]


def wants_demo() -> bool:
    return os.environ.get("DEMO", "1") != "0"


async def until_stopped(lease: Lease) -> None:
    """Raises Stopped when asked to by a signal or left by make, ServicesError when the services have gone."""
    stopped, abandoned = asyncio.Event(), asyncio.Event()
    loop = asyncio.get_running_loop()
    for sign in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        loop.add_signal_handler(sign, stopped.set)
    if lease.fileno() >= 0:
        loop.add_reader(lease.fileno(), abandoned.set)
    parent = os.getppid()
    while not stopped.is_set():
        with suppress(TimeoutError):
            await asyncio.wait_for(stopped.wait(), 0.5)
        if "MAKELEVEL" in os.environ and os.getppid() != parent:
            break
        if abandoned.is_set():
            raise ServicesError(f"PostgreSQL or Valkey has ended; its log is in {data_folder() / 'logs'}.")
    raise Stopped


async def until_answering(port: int, path: str) -> None:
    while not await asyncio.to_thread(is_answering, port, path):
        await asyncio.sleep(0.2)


async def until_listening(port: int) -> None:
    while True:
        with suppress(OSError):
            _, writer = await asyncio.open_connection(HOST, port)
            writer.close()
            return
        await asyncio.sleep(0.1)


def is_answering(port: int, path: str) -> bool:
    connection = http.client.HTTPConnection(HOST, port, timeout=5)
    try:
        connection.request("GET", path)
        return connection.getresponse().status == http.HTTPStatus.OK
    except OSError:
        return False
    finally:
        connection.close()


def welcome(port: int) -> str:
    lines = [f"RecruitChat is ready: {address(port)}", *who_to_be()]
    lines.append(f"Mail that was sent is at {address(port)}dev/mail/")
    lines.append(f"Its data is in {shown(data_folder())}. Ctrl-C stops it.")
    return "\n" + "\n".join(f"  {line}" for line in lines) + "\n"


def who_to_be() -> list[str]:
    """What the demo's file says, in lines; without a demo, how to begin."""
    told = data_folder() / "demo.json"
    if not told.exists():
        return ["Make the first organization and its admin with: .venv/bin/python manage.py create_organization"]
    lines = []
    for organization in json.loads(told.read_text())["organizations"]:
        lines += ["", f"{organization['name']}, all with the password {organization['users'][0]['password']}"]
        lines += [f"  {user['email']:<28}{user['name']}, {user['role']}" for user in organization["users"]]
        lines.append(f"  a candidate applies at {organization['campaigns'][0]['apply_url']}")
    return [*lines, ""]


def shown(path: Path) -> Path:
    return path.relative_to(PROJECT) if path.is_relative_to(PROJECT) else path


if __name__ == "__main__":
    sys.exit(main())
