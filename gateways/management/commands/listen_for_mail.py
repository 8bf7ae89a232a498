import asyncio
import logging
import signal
from threading import Event
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandParser
from uvicorn.loops.auto import auto_loop_factory

from gateways.email.listener import listen
from gateways.email.watching import Watcher


class Command(BaseCommand):
    help = "Takes in mail: by SMTP, on MAIL_LISTEN_HOST and MAIL_PORT, and out of the organizations' IMAP mailboxes."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--host", default=settings.MAIL_HOST)
        parser.add_argument("--port", type=int, default=settings.MAIL_PORT)

    def handle(self, *args: Any, host: str, port: int, **options: Any) -> None:
        logging.getLogger("mail.log").setLevel(logging.WARNING)  # aiosmtpd logs every line, addresses included
        asyncio.run(self._listen(host, port), loop_factory=auto_loop_factory())

    async def _listen(self, host: str, port: int) -> None:
        stopped, loop = asyncio.Event(), asyncio.get_running_loop()
        for sign in (signal.SIGINT, signal.SIGTERM):
            loop.add_signal_handler(sign, stopped.set)
        server = await listen(host, port)
        ended = Event()
        watching = asyncio.create_task(asyncio.to_thread(Watcher(ended).run))
        self.stdout.write(f"Taking in mail on {host}:{port}, up to {settings.MAIL_SIZE_LIMIT} bytes each.")
        await stopped.wait()
        server.close()
        ended.set()
        await watching
