"""Watches all organizations' mailboxes from one process, a thread for each."""

from threading import Event, Thread
from uuid import UUID, uuid4

import structlog
from django.db import DatabaseError, InterfaceError, close_old_connections
from imap_tools import BaseMailBox

from accounts.doors import all_organizations
from accounts.tenancy import enter
from gateways.email import imap
from gateways.email.imap_server import can_idle, in_words, opened
from gateways.models import Mailbox

log = structlog.get_logger(__name__)
LOOK_AROUND_SECONDS = 20.0
PAUSE_SECONDS = 60.0


class Watcher:
    """Starts a thread for each active mailbox that nobody watches; `stopped` ends them all."""

    def __init__(self, stopped: Event) -> None:
        self.stopped = stopped
        self.process = uuid4()
        self._threads: dict[UUID, Thread] = {}

    def run(self) -> None:
        while not self.stopped.is_set():
            try:
                self.look_around()
            except (DatabaseError, InterfaceError):
                log.exception("mailboxes_not_known")
            close_old_connections()
            self.stopped.wait(LOOK_AROUND_SECONDS)
        try:
            self._let_go()
        except (DatabaseError, InterfaceError):  # claims run out by themselves
            log.warning("mailboxes_not_released")

    def look_around(self) -> None:
        for organization_id in all_organizations():
            with enter(organization_id):
                active = list(Mailbox.objects.filter(is_active=True).values_list("pk", flat=True))
            for mailbox_id in active:
                thread = self._threads.get(mailbox_id)
                if thread is None or not thread.is_alive():
                    self._start(organization_id, mailbox_id)

    def _start(self, organization_id: int, mailbox_id: UUID) -> None:
        thread = Thread(target=self.watch, args=(organization_id, mailbox_id), daemon=True)
        self._threads[mailbox_id] = thread
        thread.start()

    def watch(self, organization_id: int, mailbox_id: UUID) -> None:
        """Until it is stopped, claimed by another process, switched off or broken; then somebody looks again."""
        try:
            if mailbox := imap.claim(organization_id, mailbox_id, self.process):
                with opened(mailbox) as server:
                    self._follow(mailbox, server)
        except (DatabaseError, InterfaceError):
            log.exception("mailbox_not_kept", mailbox=str(mailbox_id))
        except Exception as problem:  # noqa: BLE001 - a server may answer anything, and imap-tools trips over it
            note_problem(organization_id, mailbox_id, problem)
            self.stopped.wait(PAUSE_SECONDS)
        finally:
            close_old_connections()

    def _follow(self, mailbox: Mailbox, server: BaseMailBox) -> None:
        wait = self._wait_by_idle if can_idle(server) else self._wait
        while not self.stopped.is_set():
            found = imap.claim(mailbox.organization_id or 0, mailbox.pk, self.process)
            if found is None:
                return
            imap.take_new(found, server)
            close_old_connections()
            wait(server)

    def _wait(self, server: BaseMailBox) -> None:
        self.stopped.wait(imap.IDLE_SECONDS)

    def _wait_by_idle(self, server: BaseMailBox) -> None:
        for _ in range(imap.IDLE_SECONDS // 5):
            if self.stopped.is_set() or server.idle.wait(timeout=5):
                return

    def _let_go(self) -> None:
        for organization_id in all_organizations():
            imap.release(organization_id, self.process)


def note_problem(organization_id: int, mailbox_id: UUID, problem: Exception) -> None:
    """What an admin sees beside the mailbox."""
    log.warning("mailbox_broken", mailbox=str(mailbox_id), problem=repr(problem))
    with enter(organization_id):
        told = in_words(problem)[: imap.LONGEST_PROBLEM]
        Mailbox.objects.filter(pk=mailbox_id).update(problem=told)
