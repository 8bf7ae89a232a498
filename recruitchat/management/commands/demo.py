import gc
from typing import Any

from django.conf import settings
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError

from accounts.doors import all_organizations
from recruitchat.demo import filling


class Command(BaseCommand):
    requires_system_checks = []  # web and worker check
    help = "Fills an empty database with two demo organizations (development only) and says who to sign in as."

    def add_arguments(self, parser: Any) -> None:
        parser.add_argument("--conversations", type=int, default=300, help="in all, over ninety days")
        parser.add_argument("--newest", type=int, help="only so many now; without it, all that are missing")
        parser.add_argument("--migrate", action="store_true", help="make or change the tables first")

    def handle(
        self, *args: Any, conversations: int, newest: int | None, migrate: bool, verbosity: int, **options: Any
    ) -> None:
        if settings.PRODUCTION:
            raise CommandError("The demo has public passwords; it is not for production.")
        if migrate:
            # Each step draws the models anew; looking for what they left behind takes a third of the time.
            gc.disable()
            call_command("migrate", database="owner", verbosity=verbosity)
            gc.freeze()
            gc.enable()
        if all_organizations() and not filling.path().exists():
            self.stdout.write("The database has organizations of its own; nothing was filled in.")
            return
        if newest and filling.told():
            filling.tell(filling.told())
            return
        filling.fill(conversations=conversations, newest=newest)
        self.stdout.write(f"{filling.path().name} says who to be.")
