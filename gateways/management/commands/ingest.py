import os
import sys
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import DatabaseError, InterfaceError

from gateways.email.ingest import ingest
from gateways.refusals import UnknownAddress


class Command(BaseCommand):
    help = "Takes in one mail from standard input, as a mail server's pipe calls it (exit codes of sysexits.h)."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--to", required=True, help="the address it was sent to")
        parser.add_argument("--from", dest="envelope_from", default="", help="who it came from")

    def handle(self, *args: Any, to: str, envelope_from: str, **options: Any) -> None:
        raw = sys.stdin.buffer.read()
        try:
            arrival = ingest(raw, envelope_to=to, envelope_from=envelope_from, via="pipe")
        except UnknownAddress as unknown:
            raise CommandError("No such address here", returncode=os.EX_NOUSER) from unknown
        except (DatabaseError, InterfaceError) as away:
            raise CommandError("Can't take mail now", returncode=os.EX_TEMPFAIL) from away
        self.stdout.write(f"Stored as {arrival.pk}.")
