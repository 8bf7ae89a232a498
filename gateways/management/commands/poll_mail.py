import signal
from threading import Event
from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from accounts.doors import all_organizations
from accounts.tenancy import enter
from gateways.email import imap
from gateways.email.imap_server import opened
from gateways.email.watching import Watcher, note_problem
from gateways.models import Mailbox


class Command(BaseCommand):
    help = "Takes in what comes into the organizations' IMAP mailboxes. The mail listener does it beside its work."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--once", action="store_true", help="look into each once, and end")

    def handle(self, *args: Any, once: bool, **options: Any) -> None:
        if once:
            for organization_id in all_organizations():
                self._look(organization_id)
            return
        stopped = Event()
        for sign in (signal.SIGINT, signal.SIGTERM):
            signal.signal(sign, lambda *_: stopped.set())
        Watcher(stopped).run()

    def _look(self, organization_id: int) -> None:
        with enter(organization_id):
            active = Mailbox.objects.filter(is_active=True, account__is_active=True)
            mailboxes = list(active.select_related("account"))
        for mailbox in mailboxes:
            try:
                with opened(mailbox) as server:
                    self.stdout.write(f"{mailbox}: {imap.take_new(mailbox, server)} taken in.")
            except Exception as problem:  # noqa: BLE001 - as in watching.py; the others are looked into all the same
                note_problem(organization_id, mailbox.pk, problem)
                self.stderr.write(f"{mailbox}: {problem}")
