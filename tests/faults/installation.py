"""The product's own processes on a PostgreSQL and a Valkey of their own, all of which may be killed."""

import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import redis
from celery import Celery
from django.db import connections

from recruitchat.local_services import account, groups
from recruitchat.local_services.lease import PROJECT
from recruitchat.local_services.postgres import Postgres
from recruitchat.local_services.run import CELERY
from recruitchat.local_services.valkey import Valkey

WORKER = [*CELERY, "worker", "--concurrency", "2", "--loglevel", "ERROR", "--without-mingle", "--without-gossip"]
QUEUES = ("arrivals", "celery")


class CopyOfPostgres(Postgres):
    """Begins with all that the tests' own PostgreSQL holds just then."""

    def _initialize(self) -> None:
        host = connections["owner"].settings_dict["HOST"]
        copy = self._tool("pg_basebackup", "-D", str(self.data), "-h", host, "-U", "postgres")
        self.run([*copy, "--checkpoint", "fast", "--no-sync", "--no-manifest"])


class Installation:
    def __init__(self, folder: Path, **environment: str) -> None:
        folder.chmod(0o711)
        (folder / "logs").mkdir()
        sockets = account.make_folder(folder / "sockets")
        self.postgres = CopyOfPostgres(folder, sockets, durable=False)
        self.valkey = Valkey(folder, sockets, durable=False)
        self.host, self.log = str(sockets), folder / "logs" / "processes.log"
        self.environment = environment
        self.running: list[subprocess.Popen] = []

    def start(self) -> None:
        self.postgres.start()
        self.valkey.start()
        url = self.valkey.urls()["REDIS_URL"]
        self.broker = redis.Redis.from_url(url)
        broker = f"redis+socket://{self.valkey.socket}?virtual_host=0"
        self.tasks = Celery("tests", broker=broker, set_as_current=False)  # or this process's own tasks went there
        database = connections["default"].settings_dict["NAME"]
        urls = {name: f"{url.rpartition('/')[0]}/{database}" for name, url in self.postgres.urls().items()}
        self.environment |= urls | {"REDIS_URL": url, "ENVIRONMENT": "development", "DEBUG": "0"}

    def run(self, *words: str) -> subprocess.Popen:
        """A process of the product, in a group of its own."""
        with self.log.open("ab") as log:
            process = subprocess.Popen(
                [sys.executable, *words],
                cwd=PROJECT,
                env=os.environ | self.environment,
                stdout=log,
                stderr=log,
                process_group=0,
            )
        self.running.append(process)
        return process

    def work(self) -> subprocess.Popen:
        return self.run(*WORKER)

    def kill(self, process: subprocess.Popen) -> None:
        """-9, with its children."""
        groups.send(process.pid, signal.SIGKILL)
        process.wait()
        self.running.remove(process)

    def is_well(self) -> bool:
        """Raises where a process has ended by itself."""
        for process in self.running:
            assert process.poll() is None, self.log.read_text()[-4000:]
        return True

    def nudge(self, task: str, **facts: Any) -> None:
        self.tasks.send_task(task, kwargs=facts, queue="celery")

    def is_idle(self) -> bool:
        return not any(self.broker.llen(queue) for queue in QUEUES)

    def stop(self) -> None:
        for process in list(self.running):
            self.kill(process)
        for server in (self.valkey, self.postgres):
            if hasattr(server, "process"):
                server.stop()

    @contextmanager
    def entered(self) -> Iterator[None]:
        """This process asks the installation's PostgreSQL; the tests' own is as it was."""
        before = connections["owner"].settings_dict["HOST"]
        _ask(self.host)
        try:
            yield
        finally:
            _ask(before)


def _ask(host: str) -> None:
    for connection in connections.all():
        connection.close()
        connection.settings_dict["HOST"] = host
